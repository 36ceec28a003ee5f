import { formatGib } from '../../units.js'
import type { PlotProps } from './context-plot.js'
import { labelEnd } from './plot-areas.js'
import { linePath, NARROW_PX } from './plot-scale.js'
import type { PlotScale } from './plot-scale.js'

/** Another build, as one line without an area. */
export function Compared({ compared, comparedName, samples, scale }: PlotProps & { scale: PlotScale }) {
  const [first, last] = [compared[0], compared.at(-1)]
  if (first === undefined || last === undefined || comparedName === undefined) return null
  const { frame } = scale
  return (
    <g class="compared">
      <path
        d={linePath(
          samples.map(({ context }) => context),
          compared,
          scale,
        )}
      />
      <text class="room-label" x={frame.left + 6} y={Math.max(frame.top + 12, scale.y(first) - 8)}>
        {comparedName}: {formatGib(first)} to {formatGib(last)}
      </text>
    </g>
  )
}

/** What is in system memory where the card holds only a part: a line, since it is not the card's. */
export function HostLine({ host, scale, chosen }: PlotProps & { scale: PlotScale }) {
  const last = host.at(-1)
  if (!last || host.length < 2) return null
  const text = `${scale.frame.width < NARROW_PX ? 'RAM' : 'In system memory'}: ${formatGib(last.bytes)}`
  const contexts = host.map(({ context }) => context)
  return (
    <g class="host">
      <path
        d={linePath(
          contexts,
          host.map(({ bytes }) => bytes),
          scale,
        )}
      />
      <text
        class="room-label"
        x={labelEnd(text, scale, last.context, chosen)}
        y={scale.y(last.bytes) - 8}
        text-anchor="end"
      >
        {text}
      </text>
    </g>
  )
}
