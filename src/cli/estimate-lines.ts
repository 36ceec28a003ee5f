import type { MemoryEstimate } from '../memory/index.js'
import { runtimeOverhead } from '../memory/index.js'
import { formatGib } from '../units.js'
import { drawBar } from './bar.js'
import type { Segment } from './bar.js'
import type { Io } from './io.js'

const BAR_WIDTH = 60

/** The breakdown as a bar and a legend: weights, KV cache, state, compute, overhead, and what they come to. */
export function drawEstimate(estimate: MemoryEstimate, io: Io): string[] {
  const parts = listParts(estimate).filter((part) => part.bytes > 0)
  const sum = parts.reduce((total, part) => total + part.bytes, 0)
  const lines = [
    `  ${drawBar(parts, sum, BAR_WIDTH, io)}`,
    ...parts.map(
      ({ style, sign, name, bytes, note }) =>
        `  ${io.style(style, sign)} ${amount(name, bytes)}${note === undefined ? '' : `  ${note}`}`,
    ),
    `    ${amount('On the GPU', sum)}`,
  ]
  if (estimate.host.total_bytes > 0)
    lines.push(`    ${amount('In system memory', estimate.host.total_bytes)}`)
  return lines
}

function amount(name: string, bytes: number): string {
  return name.padEnd(16) + formatGib(bytes, 2).padStart(11)
}

interface Part extends Segment {
  name: string
  note?: string
}

function listParts({ gpu }: MemoryEstimate): Part[] {
  const { bytes, note } = runtimeOverhead('nvidia')
  const overhead = gpu.total_bytes > 0 ? bytes : 0
  return [
    { name: 'Weights', bytes: gpu.weights_bytes, sign: '█', style: 'blue' },
    { name: 'KV cache', bytes: gpu.kv_cache_bytes, sign: '▓', style: 'yellow' },
    { name: 'State', bytes: gpu.recurrent_state_bytes, sign: '▚', style: 'magenta' },
    { name: 'Compute', bytes: gpu.compute_bytes, sign: '▒', style: 'cyan' },
    { name: 'Overhead', bytes: overhead, sign: '░', style: 'gray', note },
  ]
}
