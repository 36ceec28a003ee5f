import { formatGib } from '../../units.js'
import type { Lane } from './lanes.js'

const percent = (bytes: number, end: number): string => `${Math.min(100, (100 * bytes) / end)}%`

/** What of a device is not for models: what is kept free, hatched, and what is in use now. */
export function Zones({ lane, end }: { lane: Lane; end: number }) {
  const width = (from: number, to: number) => `${Math.max(0, (100 * (Math.min(to, end) - from)) / end)}%`
  return (
    <>
      <span class="zone kept" style={{ left: percent(lane.room, end), width: width(lane.room, lane.free) }} />
      <span
        class="zone used"
        style={{ left: percent(lane.free, end), width: width(lane.free, lane.total) }}
      />
    </>
  )
}

export function LimitLine({ lane, end }: { lane: Lane; end: number }) {
  return lane.room >= end ? null : <span class="limit" style={{ left: percent(lane.room, end) }} />
}

/**
 * What a build takes on each device, against the device's limit. Its end is exact; a part that would be
 * thinner than 3 px borrows from the others.
 */
export function MemoryBar({ lanes, guides, end, faded, label }: BarProps) {
  const shared = sharedLimit(lanes)
  return (
    <div class="lanes" role="img" aria-label={label}>
      <Guides guides={guides} end={end} />
      {shared && <Zones lane={shared} end={end} />}
      {lanes.map((lane, index) => (
        <LaneBar
          key={index}
          lane={lane}
          end={end}
          faded={faded}
          own={shared === undefined}
          guided={guides.length > 0}
          veiled={index === 0 || lane.kind === 'gpu'}
          nameFrom={lane.kind === 'gpu' ? lane.total : (lanes[0]?.total ?? 0)}
        />
      ))}
      {shared && <LimitLine lane={shared} end={end} />}
    </div>
  )
}

interface BarProps {
  lanes: readonly Lane[]
  /** Limits of the machine's devices where they differ: thin lines that run on through every row. */
  guides: readonly number[]
  /** Right end of the ruler, in bytes. */
  end: number
  /** Does not fit at all. */
  faded: boolean
  /** The whole bar as a sentence. */
  label: string
}

export function Guides({ guides, end }: Pick<BarProps, 'guides' | 'end'>) {
  return (
    <>
      {guides.map((room) => (
        <span key={room} class="guide" style={{ left: percent(room, end) }} />
      ))}
    </>
  )
}

/** The limits beside the details of an opened row, so that no line breaks there. */
export function LimitsBeside({ lanes, guides, end }: Pick<BarProps, 'lanes' | 'guides' | 'end'>) {
  const [lane] = lanes
  return (
    <div class="lanes beside" aria-hidden="true">
      <Guides guides={guides} end={end} />
      {lane && guides.length === 0 && (
        <>
          <Zones lane={lane} end={end} />
          <LimitLine lane={lane} end={end} />
        </>
      )}
    </div>
  )
}

/** The limit that all cards of a row have in common: then one line runs through the whole row. */
function sharedLimit(lanes: readonly Lane[]): Lane | undefined {
  const [first, ...rest] = lanes
  return rest.every((lane) => lane.kind === 'ram' || lane.room === first?.room) ? first : undefined
}

interface LaneProps {
  lane: Lane
  end: number
  faded: boolean
  /** Draws its own limit, which differs from the others'. */
  own: boolean
  /** The devices of the machine differ. */
  guided: boolean
  /** The limit is this lane's. */
  veiled: boolean
  /** Behind this, in bytes, the lane's name stands clear of everything. */
  nameFrom: number
}

function LaneBar({ lane, end, faded, own, guided, veiled, nameFrom }: LaneProps) {
  const needed = lane.parts.reduce((sum, [, bytes]) => sum + bytes, 0)
  const over = veiled && !faded && needed > lane.room
  const name = lane.kind === 'gpu' ? lane.index !== null && `GPU ${lane.index}` : (guided || !veiled) && 'RAM'
  return (
    <div class={`lane ${lane.kind}`}>
      {own && <Zones lane={lane} end={end} />}
      <div class={faded ? 'bar faded' : 'bar'} style={{ width: percent(needed, end) }}>
        {lane.parts.map(([part, bytes]) =>
          bytes > 0 ? <i key={part} class={part} style={{ flexGrow: bytes / needed }} /> : null,
        )}
      </div>
      {over && (
        <span
          class="veil"
          style={{ left: percent(lane.room, end), width: percent(Math.min(needed, end) - lane.room, end) }}
        />
      )}
      {own && <LimitLine lane={lane} end={end} />}
      {needed > end && <span class="cut">{formatGib(needed)} →</span>}
      {needed <= end && name && (
        <span class="lane-name" style={{ left: percent(Math.max(nameFrom, needed), end) }}>
          {name}
        </span>
      )}
    </div>
  )
}
