import type { Gpu, Machine, Problem } from '../machine.js'
import { formatGib } from '../units.js'
import { printable } from './display-width.js'
import type { Io } from './io.js'
import { wrap } from './wrap.js'

/** The machine in a line or two, as the head of a list. */
export function summariseMachine(machine: Machine): string[] {
  const lines = machine.gpus.map((gpu) => `${printable(gpu.name)}: ${describeGpuMemory(gpu)}`)
  if (lines.length === 0) lines.push('No GPU found.')
  lines.push(`System memory: ${describeRam(machine)}`)
  return lines
}

/** Free and total memory of a GPU in words; what is not known is said to be unknown. */
export function describeGpuMemory(gpu: Gpu): string {
  const total = gpu.total_bytes ?? gpu.budget_bytes
  if (total === null) return 'memory unknown'
  const size = formatGib(total)
  const budget = gpu.budget_bytes !== null && gpu.budget_bytes !== gpu.total_bytes ? budgetNote(gpu) : ''
  if (gpu.free_bytes === null)
    return `${size}, ${gpu.unified ? 'shared with the system' : 'free memory unknown'}${budget}`
  return `${formatGib(gpu.free_bytes)} free of ${size}${gpu.unified ? ', shared with the system' : ''}${budget}`
}

function budgetNote(gpu: Gpu): string {
  return `, at most ${formatGib(gpu.budget_bytes ?? 0)} for models${gpu.budget_estimated ? ' (estimate)' : ''}`
}

export function describeRam({ ram }: Machine): string {
  if (ram.total_bytes === null) return 'unknown'
  if (ram.available_bytes === null) return `${formatGib(ram.total_bytes)}, available unknown`
  return `${formatGib(ram.available_bytes)} available of ${formatGib(ram.total_bytes)}`
}

/** What a probe could not read, and what to do about it. */
export function describeProblem({ message, probe, hint }: Problem, io: Io): string[] {
  const said = wrap(`! ${printable(message)} (${probe})`, io.columns).map((line) => io.style('yellow', line))
  return [...said, ...wrap(printable(hint), io.columns, '  ')]
}
