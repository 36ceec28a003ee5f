import { formatGib, GIB } from '../../units.js'
import { LimitLine } from './memory-bar.js'
import type { Lane } from './lanes.js'
import { listTicks } from './scale.js'

/** Ticks closer than this share of the ruler to the total would collide with its number. */
const TOO_CLOSE = 0.11

/** The ruler above the list, with the limit named where all rows share one. */
export function Ruler({ lanes, end }: { lanes: readonly Lane[]; end: number }) {
  const first = lanes[0]
  if (!first) return null
  const shared = lanes.every((lane) => lane.room === first.room)
  const total = Math.max(...lanes.map((lane) => lane.total))
  const ticks = listTicks(total, 8).filter(
    (tick) => (total - tick * GIB) / end > TOO_CLOSE && Math.abs(first.room - tick * GIB) / end > 0.03,
  )
  const crowded = shared && Math.abs(total - first.room) / end < 0.08
  const left = (bytes: number) => `${(100 * bytes) / end}%`
  const late = first.room / end > 0.4
  return (
    <div class="ruler" aria-hidden="true">
      {shared && (
        <span class={late ? 'room before' : 'room'} style={{ left: left(first.room) }}>
          Room{late ? ' for a model' : ''}: {first.room > 0 ? formatGib(first.room) : '0 GiB'}
        </span>
      )}
      {ticks.map((tick) => (
        <span key={tick} class={tick === 0 ? 'tick first' : 'tick'} style={{ left: left(tick * GIB) }}>
          {tick}
        </span>
      ))}
      <span class={crowded ? 'tick crowded' : 'tick'} style={{ left: left(Math.max(total, first.room)) }}>
        {formatGib(total, 0)}
      </span>
      {shared && <LimitLine lane={first} end={end} />}
    </div>
  )
}
