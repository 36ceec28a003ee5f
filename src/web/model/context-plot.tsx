import { useEffect, useRef, useState } from 'preact/hooks'
import type { Lane } from '../bar/lanes.js'
import type { HostPoint, Sample } from '../forecast/protocol.js'
import { listTicks } from '../bar/scale.js'
import { formatContext, formatGib, GIB } from '../../units.js'
import { Areas, BandLabels, Hatches } from './plot-areas.js'
import { PlotLines } from './plot-lines.js'
import { contextTicks, NARROW_PX, plotScale } from './plot-scale.js'
import type { PlotScale } from './plot-scale.js'

export interface PlotProps {
  /** Place among the plots of one panel. */
  index: number
  /** Name of the card, where several share the build. */
  label: string | undefined
  samples: readonly Sample[]
  /** The chosen point. */
  chosen: Sample | undefined
  /** The device, with 0 for its memory where nothing is known of it. */
  lane: Lane
  /** Highest value, in bytes. */
  top: number
  /** Longest context that fits whole. */
  fits_up_to: number | null
  /** What is in system memory where the card holds only a part. */
  host: readonly HostPoint[]
  /** What another build needs at the same contexts; empty for none. */
  compared: readonly number[]
  comparedName: string | undefined
  small: boolean
  onPick: (context: number) => void
  name: string
}

/** A tick's name that stands in the middle takes so much on each side. */
const HALF_TICK_PX = 16

/** Memory against context, as stacked areas with the machine's limit drawn in. */
export function ContextPlot(props: PlotProps) {
  const { samples, chosen, lane, fits_up_to, index, label, name, small } = props
  const [width, setWidth] = useState(720)
  const box = useRef<SVGSVGElement>(null)
  useEffect(() => {
    const element = box.current?.parentElement
    if (!element) return
    const observer = new ResizeObserver(([entry]) => setWidth(Math.max(240, entry?.contentRect.width ?? 720)))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  const narrow = width < NARROW_PX
  const height = small ? 200 : narrow ? 250 : 330
  const frame = { width, height, left: 34, right: 8, top: 14, bottom: 24 }
  const scale = plotScale(samples, props.top, frame)
  const pick = (event: PointerEvent) => {
    if (event.buttons !== 1) return
    const rect = box.current?.getBoundingClientRect()
    if (rect) props.onPick(nearest(samples, scale, event.clientX - rect.left))
  }
  const crossing = fits_up_to ?? (lane.total > 0 ? 0 : Infinity)
  return (
    <>
      {label !== undefined && <p class="plot-label small strong">{label}</p>}
      <svg
        ref={box}
        class="plot"
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-labelledby={`plot-title-${index} plot-text-${index}`}
        onPointerDown={pick}
        onPointerMove={pick}
      >
        <title id={`plot-title-${index}`}>
          Memory of {name} against context{label === undefined ? '' : ` on ${label}`}
        </title>
        <desc id={`plot-text-${index}`}>{describe(props)}</desc>
        {index === 0 && <Hatches />}
        <Grid samples={samples} scale={scale} narrow={narrow} />
        <Areas samples={samples.filter((sample) => sample.context <= crossing)} scale={scale} />
        <g class="beyond">
          <Areas
            samples={samples.filter(
              (sample, at) => sample.context >= crossing || (samples[at + 1]?.context ?? 0) > crossing,
            )}
            scale={scale}
          />
        </g>
        <BandLabels {...props} crossing={crossing} scale={scale} />
        <PlotLines {...props} scale={scale} />
        {chosen && (
          <>
            <line
              class="chosen"
              x1={scale.x(chosen.context)}
              x2={scale.x(chosen.context)}
              y1={scale.y(chosen.total)}
              y2={height - frame.bottom}
            />
            <circle class="chosen-dot" cx={scale.x(chosen.context)} cy={scale.y(chosen.total)} r="5" />
          </>
        )}
      </svg>
    </>
  )
}

function describe({ samples, fits_up_to: fits, host }: PlotProps): string {
  const [first, last] = [samples[0], samples.at(-1)]
  if (!first || !last) return ''
  const range = `${formatGib(first.total)} at ${formatContext(first.context)}, ${formatGib(last.total)} at ${formatContext(last.context)}`
  const end = fits === null ? '' : ` Fits whole up to ${formatContext(fits)}.`
  const most = host.at(-1)
  const rest = most
    ? ` A line for the part in system memory, ${formatGib(most.bytes)} at ${formatContext(most.context)}.`
    : ''
  return `Stacked areas over a log scale of context: ${range}.${end}${rest}`
}

function Grid({ samples, scale, narrow }: { samples: readonly Sample[]; scale: PlotScale; narrow: boolean }) {
  const { left, right, width, height, top } = scale.frame
  const most = height < 250 ? 5 : narrow ? 7 : 9
  return (
    <g class="grid">
      {listTicks(scale.top, most)
        .filter((tick) => scale.y(tick * GIB) >= top - 6)
        .map((tick) => (
          <g key={tick}>
            <line x1={left} x2={width - right} y1={scale.y(tick * GIB)} y2={scale.y(tick * GIB)} />
            <text x={left - 6} y={scale.y(tick * GIB) + 4} text-anchor="end">
              {tick}
            </text>
          </g>
        ))}
      {contextTicks(samples, narrow ? 5 : 9).map((tick) => (
        <text
          key={tick}
          x={scale.x(tick)}
          y={height - 6}
          text-anchor={scale.x(tick) > width - right - HALF_TICK_PX ? 'end' : 'middle'}
        >
          {formatContext(tick)}
        </text>
      ))}
    </g>
  )
}

function nearest(samples: readonly Sample[], scale: PlotScale, x: number): number {
  let best = samples[0]?.context ?? 0
  for (const { context } of samples)
    if (Math.abs(scale.x(context) - x) < Math.abs(scale.x(best) - x)) best = context
  return best
}
