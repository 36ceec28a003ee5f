import { useEffect, useState } from 'preact/hooks'
import { defaultBuild, findBuild, findModel } from '../../catalog/index.js'
import type { BuildRow, ModelRow } from '../../catalog/index.js'
import { Legend } from '../bar/legend.js'
import { lanesOfMachine } from '../bar/lanes.js'
import { askForecast } from '../forecast/ask-forecast.js'
import type { ModelForecast } from '../forecast/protocol.js'
import { KvChoiceField } from '../home/kv-choice.js'
import { MachinePicker } from '../home/machine-picker.js'
import { TierBadge } from '../home/tier-badge.js'
import { InstallPanel } from '../installed/install-strip.js'
import { Heading } from '../shell/heading.js'
import { NotFoundPage } from '../shell/not-found-page.js'
import { formatLicence, formatMonth, formatParameters } from '../state/catalog-words.js'
import { installs } from '../state/installs.js'
import { machine } from '../state/machine.js'
import { whatIf } from '../state/question.js'
import { keepBytes } from '../state/what-if.js'
import { BuildsTable } from './builds-table.js'
import { ContextPlot } from './context-plot.js'
import { EvidencePanel } from './evidence-panel.js'
import { GetPanel } from './get-panel.js'
import { nearestSample, PlotSlider } from './plot-slider.js'
import { PlotTable } from './plot-table.js'
import { answerModel } from './model-answer.js'

/** One model: whether it fits here, at which context, in which build, and on what evidence. */
export function ModelPage({ id }: { id: string }) {
  const model = findModel(id)
  const first = model && firstBuild(model)
  return model && first ? <KnownModel model={model} first={first} /> : <NotFoundPage name={id} />
}

function firstBuild(model: ModelRow): BuildRow | undefined {
  const asked = new URLSearchParams(location.search).get('build')
  return (asked === null ? undefined : findBuild(model, asked)) ?? defaultBuild(model)
}

function KnownModel({ model, first }: { model: ModelRow; first: BuildRow }) {
  const [build, setBuild] = useState(first)
  const [forecast, setForecast] = useState<ModelForecast | null>(null)
  const here = machine.value
  const asked = whatIf.value
  useEffect(() => {
    let stale = false
    const question = { machine: here, asked, build: { model: model.id, quantization: build.quantization } }
    void askForecast('model', question).then((answer) => {
      if (!stale) setForecast(answer)
    })
    return () => {
      stale = true
    }
  }, [here, asked, build, model])
  const context = Math.min(asked.context ?? model.context.default, model.context.max)
  const { title, text } = answerModel(model, build, forecast, here)
  const jobs = installs.value.filter((job) => job.model.startsWith(`${model.id}@`)).slice(0, 1)
  return (
    <>
      <div class="answer">
        <p class="overline muted">
          {model.publisher}, {formatParameters(model.parameters)} parameters
          {model.active_parameters ? ` (${formatParameters(model.active_parameters)} active)` : ''},{' '}
          {formatLicence(model.licence)}, {formatMonth(model.release)}
        </p>
        <Heading title={model.name}>{title}</Heading>
        <p>{text}</p>
      </div>
      {jobs.map((job) => (
        <InstallPanel key={job.id} job={job} />
      ))}
      <div class="model-columns">
        <section class="panel block" id="list" tabIndex={-1} aria-labelledby="plot-heading">
          <h2 id="plot-heading">Memory against context</h2>
          <p class="small muted">
            {build.quantization}, {asked.kv} KV cache, GiB on the GPU
          </p>
          {forecast && forecast.samples.length > 1 && (
            <PlotBlock model={model} forecast={forecast} context={context} />
          )}
        </section>
        <div class="model-side">
          <section class="panel block side-what-if" aria-label="What if">
            <KvChoiceField name="model-kv" />
            <MachinePicker id="model-machine" />
          </section>
          <GetPanel model={model} build={build} forecast={forecast} />
        </div>
        <BuildsTable model={model} forecast={forecast} chosen={build} onChoose={setBuild} />
        <section class="panel block" aria-label="Evidence">
          <TierBadge model={model} />
          <EvidencePanel model={model} build={build} />
        </section>
      </div>
    </>
  )
}

function PlotBlock({
  model,
  forecast,
  context,
}: {
  model: ModelRow
  forecast: ModelForecast
  context: number
}) {
  const { samples, fits_up_to } = forecast
  const here = machine.value
  const lanes = here && here.gpus.length > 0 ? lanesOfMachine(here, keepBytes(whatIf.value)) : []
  const widest = lanes.reduce((a, b) => (b.room > a.room ? b : a), lanes[0] ?? { total: 0, free: 0, room: 0 })
  const chosen = nearestSample(samples, context)
  if (!chosen) return null
  return (
    <>
      <PlotSlider model={model} samples={samples} context={context} room={widest.room}>
        {(pick) => (
          <ContextPlot
            samples={samples}
            chosen={chosen}
            card={widest.total}
            free={widest.free}
            room={widest.room}
            fits_up_to={fits_up_to}
            onPick={pick}
            name={model.name}
          />
        )}
      </PlotSlider>
      <Legend />
      <PlotTable samples={samples} max={model.context.max} room={widest.room} />
    </>
  )
}
