import type { BuildRow, ModelRow, QuantizationId } from '../../catalog/index.js'
import { Legend } from '../bar/legend.js'
import { lanesOfMachine } from '../bar/lanes.js'
import type { Lane } from '../bar/lanes.js'
import { devicesOf } from '../../memory/index.js'
import type { Machine } from '../../machine.js'
import type { PlotForecast, Sample } from '../forecast/protocol.js'
import { machine } from '../state/machine.js'
import { whatIf } from '../state/question.js'
import { keepBytes } from '../state/what-if.js'
import { ContextPlot } from './context-plot.js'
import { plotTop } from './plot-scale.js'
import { PlotSlider, nearestSample } from './plot-slider.js'
import { PlotTable } from './plot-table.js'

interface PanelProps {
  model: ModelRow
  build: BuildRow
  plot: PlotForecast | null
  compare: QuantizationId | undefined
  onCompare: (quantization: QuantizationId | undefined) => void
}

/** Memory against context, with the slider that is its axis. */
export function PlotPanel({ model, build, plot, compare, onCompare }: PanelProps) {
  const here = machine.value
  const { kv } = whatIf.value
  const where = here && here.gpus.length === 0 ? 'in system memory' : 'on the GPU'
  return (
    <section class="panel block plot-panel" id="list" tabIndex={-1} aria-labelledby="plot-heading">
      <div class="plot-head">
        <div>
          <h2 id="plot-heading">Memory against context</h2>
          <p class="small muted">
            {build.quantization}, {kv} KV cache, GiB {where}
          </p>
        </div>
        {/* A build that is shared out has no one line to compare with. */}
        {model.builds.length > 1 && !plot?.cards.length && (
          <CompareField model={model} build={build} compare={compare} onCompare={onCompare} />
        )}
      </div>
      {plot && plot.samples.length > 1 ? (
        <Plots model={model} plot={plot} compare={compare} />
      ) : (
        <div class="plot-wait" aria-busy="true" />
      )}
    </section>
  )
}

function CompareField({ model, build, compare, onCompare }: Omit<PanelProps, 'plot'>) {
  return (
    <select
      class="chip"
      aria-label="Compare with another build"
      value={compare ?? ''}
      onChange={({ currentTarget: { value } }) =>
        onCompare(model.builds.find(({ quantization }) => quantization === value)?.quantization)
      }
    >
      <option value="">Compare with…</option>
      {model.builds
        .filter((each) => each !== build)
        .map(({ quantization }) => (
          <option key={quantization} value={quantization}>
            {quantization}
          </option>
        ))}
    </select>
  )
}

/** A device with what it would hold. */
interface Drawn {
  lane: Lane
  samples: readonly Sample[]
  label?: string
}

function Plots({
  model,
  plot,
  compare,
}: {
  model: ModelRow
  plot: PlotForecast
  compare: QuantizationId | undefined
}) {
  const here = machine.value
  const drawn = here ? listDrawn(here, plot) : [{ lane: NO_LANE, samples: plot.samples }]
  const compared = drawn.length === 1 && compare !== undefined ? plot.compared : []
  const top = plotTop(
    drawn.map(({ lane }) => lane.total),
    [...drawn.flatMap(({ samples }) => samples.map(({ total }) => total)), ...compared],
  )
  const tight = tightest(drawn, context(model))
  return (
    <>
      <PlotSlider model={model} samples={tight.samples} context={context(model)} room={tight.lane.room}>
        {(pick) =>
          drawn.map(({ lane, samples, label }, index) => (
            <ContextPlot
              key={index}
              index={index}
              label={label}
              samples={samples}
              chosen={nearestSample(samples, context(model))}
              lane={lane}
              top={top}
              fits_up_to={plot.fits_up_to}
              host={plot.host}
              compared={compared}
              comparedName={compare}
              small={drawn.length > 1}
              onPick={pick}
              name={model.name}
            />
          ))
        }
      </PlotSlider>
      <Legend plot />
      {drawn.map(({ lane, samples, label }) => (
        <PlotTable key={label} label={label} samples={samples} max={model.context.max} room={lane.room} />
      ))}
    </>
  )
}

const NO_LANE: Lane = { label: '', total: 0, free: 0, room: 0, parts: [], kind: 'gpu', index: null }

/** The context that the slider shows. */
function context(model: ModelRow): number {
  return Math.min(whatIf.value.context ?? model.context.default, model.context.max)
}

/** One plot a card where several share the build; else the one with most room, or the system memory. */
function listDrawn(here: Machine, { samples, cards }: PlotForecast): Drawn[] {
  const lanes = lanesOfMachine(here, keepBytes(whatIf.value))
  const known = devicesOf(here).filter((device) => device.available_bytes !== null)
  if (cards.length > 0) {
    return cards.flatMap(({ index, samples: own }): Drawn[] => {
      const lane = lanes[known.findIndex((device) => device.index === index)]
      return lane ? [{ lane, samples: own, label: `GPU ${index}, ${lane.label}` }] : []
    })
  }
  const first = lanes[0]
  if (!first) return [{ lane: NO_LANE, samples }]
  return [{ lane: lanes.reduce((a, b) => (b.room > a.room ? b : a), first), samples }]
}

/** The card that has least to spare at a context: it decides. */
function tightest(drawn: readonly Drawn[], at: number): Drawn {
  const spare = ({ lane, samples }: Drawn) => lane.room - (nearestSample(samples, at)?.total ?? 0)
  const first = drawn[0] ?? { lane: NO_LANE, samples: [] }
  return drawn.reduce((a, b) => (spare(b) < spare(a) ? b : a), first)
}
