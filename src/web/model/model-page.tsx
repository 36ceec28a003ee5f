import { useState } from 'preact/hooks'
import { defaultBuild, findBuild, findModel } from '../../catalog/index.js'
import type { BuildRow, ModelRow, QuantizationId } from '../../catalog/index.js'
import { KvChoiceField } from '../home/kv-choice.js'
import { MachinePicker } from '../home/machine-picker.js'
import { TierBadge } from '../home/tier-badge.js'
import { InstallPanel } from '../installed/install-strip.js'
import { Heading } from '../shell/heading.js'
import { NotFoundPage } from '../shell/not-found-page.js'
import { formatLicence, formatMonth, formatParameters } from '../state/catalog-words.js'
import { standingInstalls } from '../state/installs.js'
import { machine } from '../state/machine.js'
import { whatIf } from '../state/question.js'
import { BuildsTable } from './builds-table.js'
import { EvidencePanel } from './evidence-panel.js'
import { GetPanel } from './get-panel.js'
import { ModelDock } from './model-dock.js'
import { answerModel } from './model-answer.js'
import { PlotPanel } from './plot-panel.js'
import { usePlacedBuilds, usePlot } from './use-plot.js'

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
  const [compare, setCompare] = useState<QuantizationId | undefined>(undefined)
  const here = machine.value
  const asked = whatIf.value
  const other = compare === build.quantization ? undefined : compare
  const plot = usePlot(model, build, here, { ...asked, compare: other })
  const builds = usePlacedBuilds(model, here, asked)
  const placed = builds.find(({ quantization }) => quantization === build.quantization)
  const { title, text } = answerModel(model, build, { placed, plot, here })
  const jobs = standingInstalls.value.filter((job) => job.model.startsWith(`${model.id}@`)).slice(0, 1)
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
        <PlotPanel model={model} build={build} plot={plot} compare={other} onCompare={setCompare} />
        <div class="model-side">
          <section class="panel block side-what-if" aria-label="What if">
            <KvChoiceField name="model-kv" />
            <MachinePicker id="model-machine" />
          </section>
          <GetPanel model={model} build={build} placed={placed} />
        </div>
        <BuildsTable model={model} placed={builds} chosen={build} onChoose={setBuild} />
        <section class="panel block model-evidence" aria-label="Evidence">
          <TierBadge model={model} />
          <EvidencePanel model={model} build={build} />
        </section>
      </div>
      <ModelDock model={model} build={build} placed={placed} />
    </>
  )
}
