import type { Placement } from '../../memory/index.js'

/** Free beyond what is kept free; negative where the model is over the line. */
export function spareBytes({ available_bytes, needed_bytes, headroom_bytes }: Placement): number {
  return available_bytes - needed_bytes - headroom_bytes
}
