import { formatGib } from '../../units.js'
import { PART_NAMES } from '../bar/bar-sentence.js'
import { partsOf } from '../bar/lanes.js'
import type { ListedRow } from '../state/ranking.js'

/** The numbers behind a bar, and what was assumed. */
export function BarDetails({ row }: { row: ListedRow }) {
  const { placement } = row
  const { estimate } = placement
  const recurrent = estimate.gpu.recurrent_state_bytes + estimate.host.recurrent_state_bytes > 0
  return (
    <div class="row-details small">
      <div class="row-words">
        <p>{row.verdict.long}</p>
        <p class="muted">{estimate.basis.assumptions.join(' ')}</p>
      </div>
      <dl>
        {partsOf(placement, placement.needed_bytes).map(([part, bytes]) => (
          <div key={part}>
            <dt>
              <i class={`swatch ${part}`} />{' '}
              {capitalised(part === 'kv' && recurrent ? 'KV cache and state' : PART_NAMES[part])}
            </dt>
            <dd>{formatGib(bytes)}</dd>
          </div>
        ))}
        {placement.host_bytes > 0 && placement.fit !== 'cpu' && (
          <div>
            <dt>
              <i class="swatch" /> In system memory
            </dt>
            <dd>{formatGib(placement.host_bytes)}</dd>
          </div>
        )}
      </dl>
    </div>
  )
}

const capitalised = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1)
