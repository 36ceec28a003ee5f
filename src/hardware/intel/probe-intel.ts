import type { Problem } from '../../machine.js'
import type { GpuFacts, ProbeReport } from '../gpu-facts.js'
import { parseToolJson } from '../json-value.js'
import { runProbe, type ProbeSource } from '../probe-source.js'
import { classifyFailure, commandProblem } from '../problems.js'
import { parseXpuDevices, type XpuDevice } from './parse-xpu-smi.js'

const HINTS = {
  not_found: 'Install xpu-smi (Intel XPU Manager) to see how much memory the card has free.',
  permission_denied: 'Add yourself to the groups `render` and `video`, and log in again.',
  no_driver: 'Install the Level Zero driver (intel-level-zero-gpu), which xpu-smi needs.',
}

/** Asks xpu-smi for its devices and, in parallel, for each one's memory. */
export async function probeXpuSmi(source: ProbeSource): Promise<ProbeReport> {
  const result = await runProbe(source, 'intel.xpu_list')
  if (result.not_found) return { gpus: [], problems: [] }
  const json = parseToolJson(result.stdout)
  const devices = parseXpuDevices(json, 'intel.xpu_list')
  const physical = devices.filter((device) => !device.virtual)
  const details = await Promise.all(
    (physical.length > 0 ? physical : devices).map((device) => withDetails(source, device)),
  )
  const problems: Problem[] = details.flatMap((detail) => detail.problems)
  const failed = devices.length === 0 && (json === undefined || !isEmptyList(json))
  if (failed) {
    problems.push(commandProblem('intel.xpu_list', result, classifyFailure(result), HINTS))
  } else if (devices.some((device) => device.absurd)) {
    problems.push(commandProblem('intel.xpu_list', result, 'bad_output', HINTS))
  }
  return { gpus: details.map((detail) => detail.facts), problems }
}

function isEmptyList(json: unknown): boolean {
  return JSON.stringify(json).replace(/\s/g, '').endsWith('[]}') || JSON.stringify(json) === '[]'
}

async function withDetails(
  source: ProbeSource,
  device: XpuDevice,
): Promise<{ facts: GpuFacts; problems: Problem[] }> {
  const probe = `intel.xpu_device.${device.number}`
  const argv = ['xpu-smi', 'discovery', '-d', String(device.number), '-j']
  const result = await source.run(probe, argv)
  const detail = parseXpuDevices(parseToolJson(result.stdout), probe)[0]
  if (detail === undefined) {
    const complete = device.facts.total_bytes !== null || device.facts.unified === true
    if (complete || result.not_found) return { facts: device.facts, problems: [] }
    return { facts: device.facts, problems: [commandProblem(probe, result, classifyFailure(result), HINTS)] }
  }
  const problems = detail.absurd ? [commandProblem(probe, result, 'bad_output', HINTS)] : []
  const facts = detail.facts
  const unified = device.facts.unified === true && facts.unified === true
  return {
    facts: {
      ...facts,
      unified,
      slot: facts.slot ?? device.facts.slot,
      device_id: facts.device_id ?? device.facts.device_id,
      total_bytes: facts.total_bytes ?? device.facts.total_bytes,
      free_bytes: facts.free_bytes ?? device.facts.free_bytes,
    },
    problems,
  }
}
