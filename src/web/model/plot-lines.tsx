import { formatContext, formatGib } from '../../units.js'
import type { PlotProps } from './context-plot.js'
import { Compared, HostLine } from './plot-open-lines.js'
import { NARROW_PX } from './plot-scale.js'
import type { PlotScale } from './plot-scale.js'

/** A character of the widest system font, in bold. */
const CHARACTER_PX = 8.4

/** The machine in the plot: its limit, what is kept free, the whole card, and where the need crosses. */
export function PlotLines(props: PlotProps & { scale: PlotScale }) {
  const { scale, lane, fits_up_to, samples } = props
  const { frame } = scale
  const { total: card, free, room } = lane
  const [x1, x2] = [frame.left, frame.width - frame.right]
  const last = samples.at(-1)
  const crosses = card > 0 && last && fits_up_to !== null && fits_up_to < last.context
  return (
    <g class="plot-lines">
      {card > 0 && (
        <>
          <rect
            class="kept-zone"
            x={x1}
            width={x2 - x1}
            y={scale.y(free)}
            height={Math.max(0, scale.y(room) - scale.y(free))}
          />
          <WholeCard {...props} />
          <line class="room-line" x1={x1} x2={x2} y1={scale.y(room)} y2={scale.y(room)} />
          <RoomLabel {...props} />
        </>
      )}
      <HostLine {...props} />
      <Compared {...props} />
      {crosses && (
        <Crossing
          x={scale.x(fits_up_to)}
          y={scale.y(samples.findLast(({ context }) => context <= fits_up_to)?.total ?? room)}
          bottom={frame.height - frame.bottom}
          context={fits_up_to}
          left={x1}
        />
      )}
      {last && last.total > scale.top * 1.01 && (
        <text class="room-label" x={x2 - 4} y={frame.top + 12} text-anchor="end">
          {formatGib(last.total)} ↑
        </text>
      )}
    </g>
  )
}

/** The limit's name, on the side where the crossing is not. */
function RoomLabel({ scale, lane: { room }, fits_up_to }: PlotProps & { scale: PlotScale }) {
  const { frame } = scale
  const text = `${frame.width < NARROW_PX ? 'Room' : 'Room for a model'}: ${formatGib(room)}`
  const start = frame.left + 6
  const late = fits_up_to !== null && scale.x(fits_up_to) < start + text.length * CHARACTER_PX
  return (
    <text
      class="room-label"
      x={late ? frame.width - frame.right - 6 : start}
      y={scale.y(room) - 6}
      text-anchor={late ? 'end' : 'start'}
    >
      {text}
    </text>
  )
}

function WholeCard({ scale, lane }: PlotProps & { scale: PlotScale }) {
  const { frame } = scale
  const y = scale.y(lane.total)
  // Next to the limit there is no room for a second name.
  const named = scale.y(lane.room) - y > 22
  if (lane.total > scale.top) return null
  return (
    <>
      <line class="whole-card" x1={frame.left} x2={frame.width - frame.right} y1={y} y2={y} />
      {named && (
        <text x={frame.left + 6} y={y - 6} class="quiet">
          Whole {lane.kind === 'ram' ? 'memory' : 'card'}: {formatGib(lane.total, 0)}
        </text>
      )}
    </>
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
