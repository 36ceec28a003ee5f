import { findModel, splitBuildSpec } from '../../catalog/index.js'
import { formatGib } from '../../units.js'
import type { InstallJob } from '../state/install-job.js'
import { activeInstalls, cancelInstall, standingInstalls, isOver } from '../state/installs.js'
import { printable } from '../state/read-json.js'
import { againWord, failureSentence } from './failure-words.js'
import { phaseWords, ProgressBar } from './progress-bar.js'
import { Ready } from './ready.js'
import { openGate } from '../state/gate-question.js'

/** On Home: what is on its way, and how the last install ended. */
export function InstallStrip() {
  const last = standingInstalls.value[0]
  const shown = activeInstalls.value.length > 0 ? activeInstalls.value : last ? [last] : []
  return (
    <>
      {shown.map((job) => (
        <InstallPanel key={job.id} job={job} />
      ))}
    </>
  )
}

/** One install: what it is doing, how far it is, and what to do next. */
export function InstallPanel({ job }: { job: InstallJob }) {
  const { model: id, quantization } = splitBuildSpec(job.model)
  const model = findModel(id)
  const name = model?.name ?? printable(job.model, 120)
  return (
    <section class="panel install-panel" aria-label={`Install of ${name}`}>
      <div class="install-head">
        <div>
          <p class="name">
            <bdi>{name}</bdi>{' '}
            {model && quantization !== undefined && <code>{printable(quantization, 40)}</code>}
          </p>
          <Status job={job} name={name} />
        </div>
        {!isOver(job) && (
          <button class="button" type="button" onClick={() => void cancelInstall(job.id)}>
            Cancel<span class="unseen"> the install of {name}</span>
          </button>
        )}
        {isOver(job) && job.status !== 'done' && <AgainButton job={job} />}
      </div>
      {!isOver(job) && <ProgressBar job={job} />}
      {!isOver(job) && job.message !== undefined && <p class="small muted">{job.message}</p>}
    </section>
  )
}

function AgainButton({ job }: { job: InstallJob }) {
  const { model: id, quantization } = splitBuildSpec(job.model)
  const model = findModel(id)
  const build = model?.builds.find((each) => each.quantization === quantization)
  if (!model || !build) return null
  return (
    <button class="button" type="button" onClick={() => void openGate(model, build, job.provider)}>
      {againWord(job)}
      <span class="unseen"> {model.name}</span>
    </button>
  )
}

function Status({ job, name }: { job: InstallJob; name: string }) {
  switch (job.status) {
    case 'done':
      return <Ready job={job} name={name} />
    case 'error':
      return <Failure job={job} />
    case 'cancelled':
      return (
        <p class="small muted">
          Cancelled.{' '}
          {job.completed_bytes > 0 ? `The ${formatGib(job.completed_bytes)} so far are kept; ` : ''}Install
          resumes.
        </p>
      )
    default:
      return <p class="small muted">{phaseWords(job)}</p>
  }
}

/** Why it failed, in a sentence; what the engine said, hashes and all, is under Details. */
function Failure({ job }: { job: InstallJob }) {
  const message = job.message ?? 'It failed.'
  const sentence = failureSentence(job)
  return (
    <>
      <p class="small bad" role="alert">
        {sentence ?? message}
      </p>
      {sentence !== null && (
        <details class="small">
          <summary>Details</summary>
          <p class="muted">{message}</p>
        </details>
      )}
    </>
  )
}
