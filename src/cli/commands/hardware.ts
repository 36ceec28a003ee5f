import type { Gpu, Machine } from '../../machine.js'
import type { Command } from '../command.js'
import { JSON_OPTION } from '../command.js'
import { drawBar } from '../bar.js'
import { printable } from '../display-width.js'
import type { Io } from '../io.js'
import { describeGpuMemory, describeProblem, describeRam } from '../machine-lines.js'
import { textOption } from '../options.js'
import { printJson } from '../print-json.js'
import { wrap } from '../wrap.js'

const BAR_WIDTH = 40

export const hardwareCommand: Command = {
  name: 'hardware',
  summary:
    'show the machine as the forecasts see it: GPUs with free memory, system memory, and what could not be read',
  options: {
    json: JSON_OPTION,
    record: {
      value: 'FILE',
      description:
        "save every probe's raw answer, for a bug report; ids, names of users and programs are removed",
    },
    replay: { value: 'FILE', description: 'use such a recording instead of probing' },
  },
  examples: [
    'llm-almanac hardware',
    'llm-almanac hardware --record machine.json',
    'llm-almanac hardware --replay machine.json --json',
  ],
  async run({ values }, io) {
    const hardware = await import('../../hardware/index.js')
    const replay = textOption(values, 'replay')
    const record = textOption(values, 'record')
    const live = replay === undefined ? hardware.liveSource() : hardware.readRecording(replay)
    const recorder = record === undefined ? undefined : hardware.recordingSource(live)
    const machine = await hardware.probeMachine(recorder ?? live)
    if (recorder && record !== undefined) hardware.writeRecording(record, recorder)
    if (values['json']) printJson(io, machine)
    else io.out(describeMachine(machine, io))
    if (record !== undefined) io.err(`Recorded to ${record}.\n`)
    return 0
  },
}

function describeMachine(machine: Machine, io: Io): string {
  const lines = machine.gpus.flatMap((gpu) => describeGpu(gpu, io))
  if (machine.gpus.length === 0) lines.push('No GPU found.', '')
  lines.push(`System memory: ${describeRam(machine)}`, `System: ${machine.platform} ${machine.arch}`)
  for (const problem of machine.problems) lines.push('', ...describeProblem(problem, io))
  return `${lines.join('\n')}\n`
}

function describeGpu(gpu: Gpu, io: Io): string[] {
  const part = gpu.mig_parent === undefined ? '' : ` (slice of GPU ${gpu.mig_parent})`
  const lines = [
    `${io.style('bold', `GPU ${gpu.index}: ${printable(gpu.name)}`)}${part}`,
    ...wrap(describeGpuMemory(gpu), io.columns, '  '),
  ]
  const total = gpu.total_bytes ?? gpu.budget_bytes
  if (total !== null && gpu.free_bytes !== null && total > 0) {
    const used = { bytes: Math.max(0, total - gpu.free_bytes), sign: '█', style: 'blue' } as const
    const busy = gpu.utilization_percent === null ? '' : `  ${gpu.utilization_percent}% busy`
    lines.push(`  ${drawBar([used], total, BAR_WIDTH, io)}${busy}`)
  }
  return [...lines, '']
}
