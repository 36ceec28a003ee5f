import type { Gpu, Problem, ProblemKind } from '../machine.js'
import type { GpuFacts } from './gpu-facts.js'
import { NVIDIA_HINTS } from './nvidia/nvidia-hints.js'
import type { PlatformReport } from './platform-report.js'

/** Drivers under which a card is there and its memory is out of reach. */
const FOREIGN_DRIVERS: Readonly<Record<string, string>> = {
  nouveau: 'it runs on nouveau, not on NVIDIA’s driver',
  'vfio-pci': 'it is reserved for a virtual machine (vfio-pci)',
  radeon: 'it runs on the old radeon driver, not on amdgpu',
}

/** Says why a card that is listed has no numbers, where no probe has said so. */
export function findMissingNumbers(facts: GpuFacts[], gpus: Gpu[], report: PlatformReport): Problem[] {
  return gpus.flatMap((gpu, index) => {
    const card = facts[index]
    if (card === undefined) return []
    if (card.asleep && gpu.total_bytes === null) return [asleepProblem(gpu)]
    const nvidiaMissing = gpu.vendor === 'nvidia' && report.nvidiaMissing && !card.source.startsWith('apple.')
    if (nvidiaMissing) return [problem(gpu, card, 'not_found')]
    const explained = report.problems.some((known) => known.probe.startsWith(probeOf(gpu, card)))
    if (gpu.total_bytes !== null || explained || (gpu.unified && gpu.vendor !== 'amd')) return []
    return [problem(gpu, card, foreignDriver(card) === undefined ? 'unsupported' : 'no_driver')]
  })
}

function foreignDriver(card: GpuFacts): string | undefined {
  return card.driver === null ? undefined : FOREIGN_DRIVERS[card.driver]
}

function probeOf(gpu: Gpu, card: GpuFacts): string {
  return card.source.startsWith('windows.') ? 'windows' : gpu.vendor
}

function problem(gpu: Gpu, card: GpuFacts, kind: ProblemKind): Problem {
  const foreign = foreignDriver(card)
  const known = gpu.total_bytes === null ? 'memory' : 'free memory'
  const why =
    foreign ?? (kind === 'not_found' ? 'nvidia-smi is not installed or not on the PATH' : 'no probe tells it')
  return {
    probe: kind === 'not_found' ? 'nvidia.query' : card.source,
    kind,
    message: `The ${known} of ${gpu.name} is not known: ${why}`,
    hint: hintFor(gpu, kind),
  }
}

function hintFor(gpu: Gpu, kind: ProblemKind): string {
  if (gpu.vendor === 'nvidia') return NVIDIA_HINTS[kind] ?? 'Update the NVIDIA driver.'
  if (gpu.vendor === 'amd')
    return 'Load the amdgpu driver, or install ROCm’s amd-smi; on Windows, update the driver.'
  return 'Install xpu-smi (Intel XPU Manager), or a kernel and driver that report the card’s memory.'
}

function asleepProblem(gpu: Gpu): Problem {
  return {
    probe: gpu.source,
    kind: 'unsupported',
    message: `${gpu.name} is powered down and was not woken to be measured`,
    hint: 'Start something that uses it, and run the command again while it is awake.',
  }
}
