import { formatGib, GIB } from '../../units.js'
import { Guides, LimitLine } from './memory-bar.js'
import { guidesOf } from './lanes.js'
import type { Lane } from './lanes.js'
import { listTicks } from './scale.js'

/** Ticks closer than this share of the ruler to the total would collide with its number. */
const TOO_CLOSE = 0.11

/** The ruler above the list, with the limit named where all rows share one. */
export function Ruler({ lanes, end }: { lanes: readonly Lane[]; end: number }) {
  const first = lanes[0]
  if (!first) return null
  const guides = guidesOf(lanes)
  const shared = guides.length === 0
  const total = Math.max(...lanes.map((lane) => lane.total))
  const ticks = listTicks(total, 8).filter(
    (tick) =>
      (total - tick * GIB) / end > TOO_CLOSE &&
      lanes.every(({ room }) => room === 0 || Math.abs(room - tick * GIB) / end > 0.03),
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
      {shared ? <LimitLine lane={first} end={end} /> : <RoomNames lanes={lanes} guides={guides} end={end} />}
    </div>
  )
}

/** A name beside a limit takes up to this share of the ruler. */
const NAME_SHARE = 0.28

interface NamesProps {
  lanes: readonly Lane[]
  /** Limits of the devices, from the least. */
  guides: readonly number[]
  end: number
}

/** The limits of devices that differ, named where there is space on one side. */
function RoomNames({ lanes, guides, end }: NamesProps) {
  return (
    <>
      <Guides guides={guides} end={end} />
      {guides.map((room, index) => {
        const before = (room - (guides[index - 1] ?? 0)) / end > NAME_SHARE
        const after = ((guides[index + 1] ?? end) - room) / end > NAME_SHARE
        if (!before && !after) return null
        return (
          <span key={room} class={before ? 'room before' : 'room'} style={{ left: `${(100 * room) / end}%` }}>
            {nameOf(lanes.find((lane) => lane.room === room))}: {formatGib(room)}
          </span>
        )
      })}
    </>
  )
}

function nameOf(lane: Lane | undefined): string {
  if (lane?.kind === 'ram') return 'RAM'
  return lane?.index == null ? 'Card' : `GPU ${lane.index}`
}
