import { useEffect, useState } from 'preact/hooks'
import { findModel, splitBuildSpec } from '../../catalog/index.js'
import type { BuildRow, ModelRow } from '../../catalog/index.js'
import { askForecast } from '../forecast/ask-forecast.js'
import type { Placed } from '../forecast/protocol.js'
import { unlessStale } from '../forecast/unless-stale.js'
import { CopyLine } from '../model/copy-line.js'
import { ServerLine } from '../model/server-line.js'
import type { InstallJob } from '../state/install-job.js'
import { providerName } from '../state/installed.js'
import { measured } from '../state/machine.js'
import { linkTo } from '../state/page-mode.js'
import { whatIf } from '../state/question.js'
import { printable } from '../state/read-json.js'

/** What to do with a model that has arrived. */
export function Ready({ job, name }: { job: InstallJob; name: string }) {
  const { provider, path } = job
  const run = provider === 'ollama' && job.name !== undefined ? `ollama run ${job.name}` : null
  return (
    <div class="small">
      <p class="good">{name} is ready.</p>
      {run !== null && /^[\w./:@-]+( [\w./:@-]+)*$/.test(run) && <CopyLine text={run} />}
      {provider === 'lmstudio' && <p class="muted">Load it in LM Studio.</p>}
      {path !== undefined && (
        <p class="muted">
          It is at <code>{printable(path)}</code>.
        </p>
      )}
      {provider === 'file' ? (
        <FileLine job={job} />
      ) : (
        <p>
          <a href={linkTo('installed')}>See installed in {providerName(provider)}</a>
        </p>
      )}
    </div>
  )
}

/** The line that runs a downloaded file on this machine. */
function FileLine({ job: { model: spec, path } }: { job: InstallJob }) {
  const { model: id, quantization } = splitBuildSpec(spec)
  const model = findModel(id)
  const build = model?.builds.find((each) => each.quantization === quantization)
  // A name that is shown otherwise than it is written cannot be copied from here.
  if (!model || !build || path === undefined || printable(path) !== path) return null
  return <PlacedLine model={model} build={build} path={path} />
}

function PlacedLine({ model, build, path }: { model: ModelRow; build: BuildRow; path: string }) {
  const [placed, setPlaced] = useState<Placed | undefined>(undefined)
  const here = measured.value
  const asked = whatIf.value
  useEffect(() => {
    if (!here) return undefined
    const builds = [{ model: model.id, quantization: build.quantization }]
    return unlessStale(askForecast('place', { machine: here, asked, builds }), ([first]) => setPlaced(first))
  }, [model, build, here, asked])
  return <ServerLine file={path} model={model} placed={placed} />
}
