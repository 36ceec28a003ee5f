import { formatGb } from '../../units.js'
import type { BuildRow, ModelRow } from '../../catalog/index.js'
import { installedBuilds } from '../state/installed.js'
import { installs, isOver } from '../state/installs.js'
import { IS_STATIC } from '../state/page-mode.js'
import { carriedQuery } from '../state/question.js'
import { modelPath } from '../state/router.js'
import { openGate } from '../state/gate-question.js'
import { ProgressBar } from './progress-bar.js'

interface ActionProps {
  model: ModelRow
  build: BuildRow
  /** The one filled button of the page. */
  main: boolean
  fits: boolean
}

/** What can be done with a row: install it, watch it come, or that it is there. */
export function InstallAction({ model, build, main, fits }: ActionProps) {
  const spec = `${model.id}@${build.quantization}`
  const job = installs.value.find((each) => each.model === spec)
  if (job && !isOver(job)) return <ProgressBar job={job} slim />
  if (installedBuilds.value.has(spec)) return <span class="small good installed-mark">Installed</span>
  if (IS_STATIC || !fits) {
    return (
      <a class={main ? 'button main' : 'button quiet'} href={modelPath(model.id) + carriedQuery.value}>
        {IS_STATIC ? 'Get it' : 'Details'}
        <span class="unseen">: {model.name}</span>
      </a>
    )
  }
  return (
    <button
      class={main ? 'button main' : 'button quiet'}
      type="button"
      aria-label={`Install ${model.name} ${build.quantization}, ${formatGb(build.bytes)}`}
      title={`${formatGb(build.bytes)} to download`}
      onClick={() => void openGate(model, build)}
    >
      Install
    </button>
  )
}
