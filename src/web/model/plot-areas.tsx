import type { Sample } from '../forecast/protocol.js'
import { formatGib, GIB } from '../../units.js'
import type { PlotProps } from './context-plot.js'
import { bandPath } from './plot-scale.js'
import type { PlotScale } from './plot-scale.js'

const BANDS = [
  ['weights', () => 0, (s: Sample) => s.weights],
  ['kv', (s: Sample) => s.weights, (s: Sample) => s.weights + s.kv],
  ['compute', (s: Sample) => s.weights + s.kv, (s: Sample) => s.total - s.overhead],
  ['overhead', (s: Sample) => s.total - s.overhead, (s: Sample) => s.total],
] as const

export function Areas({ samples, scale }: { samples: readonly Sample[]; scale: PlotScale }) {
  if (samples.length < 2) return null
  return (
    <>
      {BANDS.map(([part, from, to]) => (
        <path key={part} class={`area ${part}`} d={bandPath(samples, scale, from, to)} />
      ))}
    </>
  )
}

/** A character of the widest system font, in bold. */
const CHARACTER_PX = 8.4
/** A label needs a band of this height, and this much between it and a line. */
const LABEL_PX = 16
const LINE_GAP_PX = 13

/** Names inside the bands, where a band is high enough to hold one. */
export function BandLabels({ samples, scale, lane, host, crossing, chosen }: PlotProps & LabelProps) {
  const first = samples[0]
  const last = samples.at(-1)
  if (!first || !last) return null
  const weights = `Weights ${gib(first.weights)}`
  const left = scale.x(first.context)
  const edge = crossing > 0 ? scale.x(Math.min(crossing, last.context)) : left
  const start = weightsLabelStart(weights, [left, edge, chosen ? scale.x(chosen.context) : left], scale)
  const kv = `KV cache ${gib(last.kv)}`
  const kvEnd = labelEnd(kv, scale, last.context, chosen)
  const middle = kvEnd - (kv.length * CHARACTER_PX) / 2
  const kvY = kvLabelY(samples.findLast(({ context }) => scale.x(context) <= middle) ?? first, scale, lane)
  // The line of the system memory runs where the name would stand.
  const crossed = start !== null && start >= edge && host.length > 0
  return (
    <g class="band-labels">
      {start !== null && !crossed && scale.y(0) - scale.y(first.weights) >= 24 && (
        <text class={start < edge ? 'on-weights' : 'on-veil'} x={start} y={scale.y(0) - 12}>
          {weights}
        </text>
      )}
      {kvY !== null && (
        <text class={last.context <= crossing ? 'on-kv' : 'on-veil'} x={kvEnd} y={kvY + 4} text-anchor="end">
          {kv}
        </text>
      )}
    </g>
  )
}

interface LabelProps {
  scale: PlotScale
  /** Context from which on it does not fit. */
  crossing: number
}

const gib = (bytes: number): string => (bytes < GIB / 10 ? formatGib(bytes) : (bytes / GIB).toFixed(1))

/** Behind the first of the upright lines that leaves room for the whole name before the next one. */
function weightsLabelStart(text: string, lines: readonly number[], { frame }: PlotScale): number | null {
  const width = text.length * CHARACTER_PX + 12
  const stops = [...lines, frame.width - frame.right].sort((a, b) => a - b)
  const at = stops.find((line, index) => (stops[index + 1] ?? 0) - line > width)
  return at === undefined ? null : at + 10
}

/** Where a name ends that belongs to the right end: there, or before the marker that would cross it. */
export function labelEnd(text: string, scale: PlotScale, last: number, chosen: Sample | undefined): number {
  const end = scale.x(last) - 8
  const marker = chosen ? scale.x(chosen.context) : 0
  return marker > end - text.length * CHARACTER_PX - 6 && marker < end + 6 ? marker - 10 : end
}

/** A height in the cache's band at a sample, that no line of the machine crosses; null for none. */
function kvLabelY(sample: Sample, scale: PlotScale, lane: PlotProps['lane']): number | null {
  const lower = scale.y(sample.weights)
  const height = lower - scale.y(sample.weights + sample.kv)
  if (height < LABEL_PX) return null
  const room = scale.y(lane.room)
  // The limit's own name stands above it.
  const lines = lane.total > 0 ? [room, room - LINE_GAP_PX, scale.y(lane.total)] : []
  const heights = [0.5, 0.65, 0.35, 0.8, 0.2].map((part) => lower - height * part)
  const free = heights.find((y) => lines.every((line) => Math.abs(line - y) >= LINE_GAP_PX))
  return free ?? null
}

export function Hatches() {
  return (
    <defs>
      <pattern
        id="hatch-overhead"
        width="5"
        height="5"
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(-45)"
      >
        <rect width="5" height="5" class="hatch-ground" />
        <line x1="0" x2="5" y1="0" y2="0" class="hatch-line" />
      </pattern>
      <pattern
        id="hatch-kept"
        width="6"
        height="6"
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <line x1="0" x2="6" y1="0" y2="0" class="hatch-kept-line" />
      </pattern>
    </defs>
  )
}
