import type { Problem, ProblemKind } from '../../machine.js'
import type { CommandResult } from '../../process/run-command.js'
import type { GpuFacts } from '../gpu-facts.js'
import { parseToolJson } from '../json-value.js'
import { runProbe, type ProbeId, type ProbeSource } from '../probe-source.js'
import { classifyFailure, commandProblem } from '../problems.js'
import { parseAmdSmi, type AmdCard } from './parse-amd-smi.js'
import { parseRocmSmi } from './parse-rocm-smi.js'

const HINTS: Partial<Record<ProblemKind, string>> = {
  timed_out: 'Run the tool by hand; if it hangs there too, a card is stuck: reboot.',
  no_driver: 'Load the driver with `sudo modprobe amdgpu`, or install it; then run again.',
  permission_denied: 'Add yourself to the groups `render` and `video`, and log in again.',
  no_devices: 'Check that the card is passed through (`--device /dev/kfd --device /dev/dri` in a container).',
  unsupported: 'Update ROCm.',
}

/** What the tools of ROCm say: one list for each, because they number cards differently. */
export interface AmdReport {
  amdSmi: GpuFacts[]
  rocmSmi: GpuFacts[]
  problems: Problem[]
}

export async function probeAmdTools(source: ProbeSource): Promise<AmdReport> {
  const [fixed, metric, rocm] = await Promise.all([
    runProbe(source, 'amd.smi_static'),
    runProbe(source, 'amd.smi_metric'),
    runProbe(source, 'amd.rocm_smi'),
  ])
  const fixedJson = parseToolJson(fixed.stdout)
  const metricJson = parseToolJson(metric.stdout)
  const rocmJson = parseToolJson(rocm.stdout)
  const amdCards = parseAmdSmi(fixedJson, metricJson)
  const rocmCards = parseRocmSmi(rocmJson)
  return {
    amdSmi: amdCards.map((card) => card.facts),
    rocmSmi: rocmCards.map((card) => card.facts),
    problems: [
      ...findProblem('amd.smi_static', fixed, fixedJson),
      ...findProblem('amd.smi_metric', metric, metricJson, amdCards),
      ...findProblem('amd.rocm_smi', rocm, rocmJson, rocmCards),
    ],
  }
}

/** JSON on stdout counts, whatever the exit code: amd-smi exits 1 for a warning. */
function findProblem(probe: ProbeId, result: CommandResult, json: unknown, cards: AmdCard[] = []): Problem[] {
  if (result.not_found) return []
  if (json === undefined) return [commandProblem(probe, result, classifyFailure(result), HINTS)]
  return cards.some((card) => card.absurd) ? [commandProblem(probe, result, 'bad_output', HINTS)] : []
}
