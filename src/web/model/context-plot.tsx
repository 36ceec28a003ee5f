import { useEffect, useRef, useState } from 'preact/hooks'
import type { Sample } from '../forecast/protocol.js'
import { listTicks } from '../bar/scale.js'
import { formatContext, formatGib, GIB } from '../../units.js'
import { bandPath, contextTicks, plotScale } from './plot-scale.js'
import type { PlotScale } from './plot-scale.js'
import { PlotLines } from './plot-lines.js'

export interface PlotProps {
  samples: readonly Sample[]
  /** The chosen point. */
  chosen: Sample
  /** All memory of the card, free memory, and room for a model, in bytes; 0 where there is no card. */
  card: number
  free: number
  room: number
  /** Longest context that fits whole. */
  fits_up_to: number | null
  onPick: (context: number) => void
  name: string
}

const BANDS = [
  ['weights', () => 0, (s: Sample) => s.weights],
  ['kv', (s: Sample) => s.weights, (s: Sample) => s.weights + s.kv],
  ['compute', (s: Sample) => s.weights + s.kv, (s: Sample) => s.total - s.overhead],
  ['overhead', (s: Sample) => s.total - s.overhead, (s: Sample) => s.total],
] as const

/** Memory against context, as stacked areas with the machine's limit drawn in. */
export function ContextPlot(props: PlotProps) {
  const { samples, chosen, card, fits_up_to, name } = props
  const [width, setWidth] = useState(720)
  const box = useRef<SVGSVGElement>(null)
  useEffect(() => {
    const element = box.current?.parentElement
    if (!element) return
    const observer = new ResizeObserver(([entry]) => setWidth(Math.max(240, entry?.contentRect.width ?? 720)))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  const height = width < 500 ? 250 : 330
  const frame = { width, height, left: 34, right: 8, top: 14, bottom: 24 }
  const scale = plotScale(samples, card, frame)
  const pick = (event: PointerEvent) => {
    if (event.buttons !== 1) return
    const rect = box.current?.getBoundingClientRect()
    if (rect) props.onPick(nearest(samples, scale, event.clientX - rect.left))
  }
  const first = samples[0]
  const last = samples.at(-1)
  const crossing = fits_up_to ?? (card > 0 ? 0 : Infinity)
  return (
    <svg
      ref={box}
      class="plot"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-labelledby="plot-title plot-text"
      onPointerDown={pick}
      onPointerMove={pick}
    >
      <title id="plot-title">Memory of {name} against context</title>
      <desc id="plot-text">
        {first &&
          last &&
          `Stacked areas over a log scale of context: ${formatGib(first.total)} at ${formatContext(first.context)}, ${formatGib(last.total)} at ${formatContext(last.context)}. ${fits_up_to === null ? '' : `Fits whole up to ${formatContext(fits_up_to)}.`}`}
      </desc>
      <Hatches />
      <g class="grid">
        {listTicks(scale.top, width < 500 ? 7 : 9).map((tick) => (
          <g key={tick}>
            <line
              x1={frame.left}
              x2={width - frame.right}
              y1={scale.y(tick * GIB)}
              y2={scale.y(tick * GIB)}
            />
            <text x={frame.left - 6} y={scale.y(tick * GIB) + 4} text-anchor="end">
              {tick}
            </text>
          </g>
        ))}
        {contextTicks(samples, width < 500 ? 5 : 9).map((tick) => (
          <text key={tick} x={scale.x(tick)} y={height - 6} text-anchor="middle">
            {formatContext(tick)}
          </text>
        ))}
      </g>
      <Areas samples={samples.filter((sample) => sample.context <= crossing)} scale={scale} />
      <g class="beyond">
        <Areas
          samples={samples.filter(
            (sample, index) => sample.context >= crossing || (samples[index + 1]?.context ?? 0) > crossing,
          )}
          scale={scale}
        />
      </g>
      <BandLabels {...props} scale={scale} />
      <PlotLines {...props} scale={scale} />
      <line
        class="chosen"
        x1={scale.x(chosen.context)}
        x2={scale.x(chosen.context)}
        y1={scale.y(chosen.total)}
        y2={height - frame.bottom}
      />
      <circle class="chosen-dot" cx={scale.x(chosen.context)} cy={scale.y(chosen.total)} r="5" />
    </svg>
  )
}

function Areas({ samples, scale }: { samples: readonly Sample[]; scale: PlotScale }) {
  if (samples.length < 2) return null
  return (
    <>
      {BANDS.map(([part, from, to]) => (
        <path key={part} class={`area ${part}`} d={bandPath(samples, scale, from, to)} />
      ))}
    </>
  )
}

/** Names inside the bands, where a band is high enough to hold one. */
function BandLabels({ samples, scale }: PlotProps & { scale: PlotScale }) {
  const first = samples[0]
  const last = samples.at(-1)
  if (!first || !last) return null
  const kvHeight = scale.y(last.weights) - scale.y(last.weights + last.kv)
  const left = scale.x(first.context) + 10
  const right = scale.x(last.context) - 8
  return (
    <g class="band-labels">
      {scale.y(0) - scale.y(first.weights) >= 24 && (
        <text class="on-weights" x={left} y={scale.y(0) - 12}>
          Weights {formatGib(first.weights)}
        </text>
      )}
      {kvHeight >= 18 && (
        <text class="on-kv" x={right} y={scale.y(last.weights) - kvHeight * 0.55 + 4} text-anchor="end">
          KV cache {formatGib(last.kv)}
        </text>
      )}
    </g>
  )
}

function Hatches() {
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

function nearest(samples: readonly Sample[], scale: PlotScale, x: number): number {
  let best = samples[0]?.context ?? 0
  for (const { context } of samples)
    if (Math.abs(scale.x(context) - x) < Math.abs(scale.x(best) - x)) best = context
  return best
}
