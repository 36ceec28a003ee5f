import type { Sample } from '../forecast/protocol.js'
import { formatContext, formatGib } from '../../units.js'
import { listStops } from '../state/context-stops.js'

interface TableProps {
  samples: readonly Sample[]
  max: number
  room: number
  /** Name of the card, where there are several. */
  label: string | undefined
}

/** The plot's numbers as a table, one row a stop of the slider. */
export function PlotTable({ samples, max, room, label }: TableProps) {
  const stops = new Set(listStops(max))
  return (
    <details class="plot-table">
      <summary>Show these numbers as a table{label === undefined ? '' : `: ${label}`}</summary>
      <div
        class="scroll"
        tabIndex={0}
        role="region"
        aria-label={`Memory against context as a table${label === undefined ? '' : `: ${label}`}`}
      >
        <table class="table">
          <thead>
            <tr>
              <th scope="col">Context</th>
              <th scope="col">Weights</th>
              <th scope="col">KV cache</th>
              <th scope="col">Compute</th>
              <th scope="col">Overhead</th>
              <th scope="col">In all</th>
              {room > 0 && <th scope="col">To spare</th>}
            </tr>
          </thead>
          <tbody>
            {samples
              .filter(({ context }) => stops.has(context))
              .map((sample) => (
                <tr key={sample.context}>
                  <th scope="row">{formatContext(sample.context)}</th>
                  <td>{formatGib(sample.weights)}</td>
                  <td>{formatGib(sample.kv)}</td>
                  <td>{formatGib(sample.compute)}</td>
                  <td>{formatGib(sample.overhead)}</td>
                  <td>{formatGib(sample.total)}</td>
                  {room > 0 && <td>{formatGib(room - sample.total)}</td>}
                </tr>
              ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}
