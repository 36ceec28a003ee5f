import type { Problem } from '../../machine.js'
import type { GpuFacts, ProbeReport } from '../gpu-facts.js'
import { parseToolJson } from '../json-value.js'
import { runProbe, type ProbeSource } from '../probe-source.js'
import { classifyFailure, commandProblem } from '../problems.js'
import { hasCardWithoutDriver, parseVideoControllers } from './parse-video-controllers.js'
import { adapterKey, parseRegistryMemory } from './parse-registry-memory.js'

/**
 * The adapters that Windows has, with the memory that their drivers left in the registry.
 *
 * systeminformation (5.33, read for this) is not used, here or on Linux. On Windows it falls back on AdapterRAM, which ends at
 * 4 GiB; on Linux it takes a card's memory from the windows that `lspci -vvv` lists, 256 MiB of a 24 GiB card; it knows no
 * cgroups, no MIG and no shared memory, keeps the reason of a failure to itself, starts tools through a shell, and cannot be
 * replayed from a recording.
 */
export async function probeWindows(source: ProbeSource): Promise<ProbeReport> {
  const [controllers, registry] = await Promise.all([
    runProbe(source, 'windows.video_controllers'),
    runProbe(source, 'windows.registry_memory'),
  ])
  const json = parseToolJson(controllers.stdout)
  const sizes = parseRegistryMemory(parseToolJson(registry.stdout))
  const problems: Problem[] = []
  const emptyAnswer = controllers.exit_code === 0 && controllers.stdout.trim() === ''
  if (json === undefined && !emptyAnswer) {
    const kind = classifyFailure(controllers)
    problems.push(commandProblem('windows.video_controllers', controllers, kind, {}))
  }
  if (registry.timed_out || (!registry.not_found && registry.exit_code !== 0 && sizes.size === 0)) {
    problems.push(commandProblem('windows.registry_memory', registry, classifyFailure(registry), {}))
  }
  if (hasCardWithoutDriver(json)) {
    problems.push({
      probe: 'windows.video_controllers',
      kind: 'no_driver',
      message: 'A graphics card runs on Windows’ basic display driver',
      hint: 'Install the driver of the card’s vendor.',
    })
  }
  return { gpus: joinSizes(parseVideoControllers(json), sizes), problems }
}

/**
 * Gives each adapter the size that the registry has under its name. Where more entries than adapters have the name (older
 * drivers leave theirs behind) and they differ, nobody knows which is right.
 */
function joinSizes(gpus: GpuFacts[], sizes: Map<string, number[]>): GpuFacts[] {
  const nth = new Map<string, number>()
  return gpus.map((facts) => {
    const key = adapterKey(facts.name ?? '')
    const index = nth.get(key) ?? 0
    nth.set(key, index + 1)
    const found = sizes.get(key) ?? []
    const adapters = gpus.filter((gpu) => adapterKey(gpu.name ?? '') === key).length
    const clear = new Set(found).size === 1 ? found[0] : found.length === adapters ? found[index] : undefined
    // An integrated Intel GPU has no memory of its own, whatever its driver wrote.
    if (facts.vendor === 'intel' && facts.unified === true) return { ...facts, total_bytes: null }
    return clear === undefined ? facts : { ...facts, total_bytes: clear, source: 'windows.registry_memory' }
  })
}
