import { formatGib } from '../../units.js'
import type { Placement } from '../../memory/index.js'
import { spareBytes } from './spare.js'
import { partsOf } from './lanes.js'

export const PART_NAMES = {
  weights: 'weights',
  kv: 'KV cache',
  compute: 'compute',
  overhead: 'overhead',
} as const

/** "Gemma 3 4B Q4_K_M needs 3.9 of 20.1 GiB: weights 2.9 GiB, KV cache … 16.2 GiB to spare." */
export function describeBar(name: string, placement: Placement): string {
  const room = Math.max(0, placement.available_bytes - placement.headroom_bytes)
  const parts = partsOf(placement, placement.needed_bytes).map(
    ([part, bytes]) => `${PART_NAMES[part]} ${formatGib(bytes)}`,
  )
  const spare = spareBytes(placement)
  const rest = spare >= 0 ? `${formatGib(spare)} to spare` : `${formatGib(-spare)} too much`
  const host = placement.fit === 'partial' ? ` ${formatGib(placement.host_bytes)} in system memory.` : ''
  return `${name} needs ${formatGib(placement.needed_bytes)}, there is room for ${formatGib(room)}: ${parts.join(', ')}. ${rest}.${host}`
}
