import { formatContext, formatGib } from '../../units.js'
import type { PlotProps } from './context-plot.js'
import type { PlotScale } from './plot-scale.js'

/** The machine in the plot: its limit, what is kept free, the whole card, and where the need crosses. */
export function PlotLines({
  scale,
  card,
  free,
  room,
  fits_up_to,
  samples,
}: PlotProps & { scale: PlotScale }) {
  if (card <= 0) return null
  const { frame } = scale
  const x1 = frame.left
  const x2 = frame.width - frame.right
  const wide = frame.width >= 500
  const max = samples.at(-1)?.context ?? 0
  const crosses = fits_up_to !== null && fits_up_to < max
  return (
    <g class="plot-lines">
      <rect
        class="kept-zone"
        x={x1}
        width={x2 - x1}
        y={scale.y(free)}
        height={Math.max(0, scale.y(room) - scale.y(free))}
      />
      {card <= scale.top && (
        <>
          <line class="whole-card" x1={x1} x2={x2} y1={scale.y(card)} y2={scale.y(card)} />
          <text x={x1 + 6} y={scale.y(card) - 6} class="quiet">
            Whole card: {formatGib(card, 0)}
          </text>
        </>
      )}
      <line class="room-line" x1={x1} x2={x2} y1={scale.y(room)} y2={scale.y(room)} />
      <text x={x1 + 6} y={scale.y(room) - 6} class="room-label">
        {wide ? 'Room for a model' : 'Room'}: {formatGib(room)}
      </text>
      {crosses && (
        <Crossing
          x={scale.x(fits_up_to)}
          y={scale.y(room)}
          bottom={frame.height - frame.bottom}
          context={fits_up_to}
          left={x1}
        />
      )}
    </g>
  )
}

interface CrossingProps {
  x: number
  y: number
  bottom: number
  left: number
  context: number
}

function Crossing({ x, y, bottom, left, context }: CrossingProps) {
  const text = `Fits up to ${formatContext(Math.floor(context / 1024) * 1024 || context)}`
  const width = text.length * 7 + 14
  const start = Math.max(left + 2, x - width)
  const middle = (y + bottom) / 2
  return (
    <g>
      <line class="crossing" x1={x} x2={x} y1={y} y2={bottom} />
      <circle class="ring" cx={x} cy={y} r="5" />
      <rect class="pill" x={start} y={middle - 13} width={width} height="26" rx="5" />
      <text class="pill-text" x={start + width / 2} y={middle + 4} text-anchor="middle">
        {text}
      </text>
    </g>
  )
}
