import type { MemoryEstimate } from '../memory/index.js'
import { runtimeOverhead } from '../memory/index.js'
import { formatGib } from '../units.js'
import { drawBar } from './bar.js'
import type { Segment } from './bar.js'
import type { Io } from './io.js'

const BAR_WIDTH = 60

/**
 * The breakdown as a bar and a legend: weights, KV cache, state, compute, overhead, against free memory
 * where that is known.
 */
export function drawEstimate(estimate: MemoryEstimate, io: Io, freeBytes?: number): string[] {
  const overhead = estimate.gpu.total_bytes > 0 ? runtimeOverhead('nvidia').bytes : 0
  const parts = listParts(estimate, overhead)
  const sum = parts.reduce((total, part) => total + part.bytes, 0)
  const scale = Math.max(sum, freeBytes ?? 0)
  const lines = [
    `  ${drawBar(parts, scale, BAR_WIDTH, io)}`,
    ...parts
      .filter((part) => part.bytes > 0)
      .map(
        (part) =>
          `  ${io.style(part.style, part.sign)} ${part.name.padEnd(16)}${formatGib(part.bytes, 2).padStart(11)}`,
      ),
    `    ${'On the GPU'.padEnd(16)}${formatGib(sum, 2).padStart(11)}${freeBytes === undefined ? '' : ` of ${formatGib(freeBytes)} free`}`,
  ]
  if (estimate.host.total_bytes > 0) {
    lines.push(`    ${'In system memory'.padEnd(16)}${formatGib(estimate.host.total_bytes, 2).padStart(11)}`)
  }
  return lines
}

function listParts(estimate: MemoryEstimate, overhead: number): (Segment & { name: string })[] {
  const { gpu } = estimate
  return [
    { name: 'Weights', bytes: gpu.weights_bytes, sign: '█', style: 'blue' },
    { name: 'KV cache', bytes: gpu.kv_cache_bytes, sign: '▓', style: 'yellow' },
    { name: 'State', bytes: gpu.recurrent_state_bytes, sign: '▚', style: 'magenta' },
    { name: 'Compute', bytes: gpu.compute_bytes, sign: '▒', style: 'cyan' },
    { name: 'Overhead', bytes: overhead, sign: '░', style: 'gray' },
  ]
}
