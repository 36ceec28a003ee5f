import { useEffect, useState } from 'preact/hooks'
import { fileUrl, loadGguf } from '../../catalog/index.js'
import type { BuildRow, GgufRow, ModelRow } from '../../catalog/index.js'
import { formatGib } from '../../units.js'
import type { Placed } from '../forecast/protocol.js'
import { unlessStale } from '../forecast/unless-stale.js'
import { installTargets, openGate } from '../state/gate-question.js'
import { installedBuilds, installedModels, providerName } from '../state/installed.js'
import { IS_STATIC } from '../state/page-mode.js'
import { CopyLine } from './copy-line.js'
import { OutLink } from './out-link.js'
import { ServerLine } from './server-line.js'

/** How to get a build: install it here, or the commands that do the same by hand. */
export function GetPanel({
  model,
  build,
  placed,
}: {
  model: ModelRow
  build: BuildRow
  placed: Placed | undefined
}) {
  const files = useFiles(model, build)
  const held = installedBuilds.value.has(`${model.id}@${build.quantization}`)
  const first = files?.files[0]?.name
  return (
    <section class="panel block get-panel" id="get" tabIndex={-1} aria-label="How to get it">
      {held && <p class="good">Installed.</p>}
      {!IS_STATIC && !held && (
        <button class="button main wide" type="button" onClick={() => void openGate(model, build)}>
          {installWords()}
          <span class="unseen">
            : {model.name} {build.quantization}
          </span>
        </button>
      )}
      {!held && <p class="small muted download-size">{formatGib(build.bytes)} to download.</p>}
      {placed && placed.verdict.tone !== 'good' && <p class="aside-note small">{placed.verdict.long}</p>}
      <h3>{IS_STATIC ? 'How to get it' : 'Or run it yourself'}</h3>
      {build.ollama_tag !== undefined && <CopyLine text={`ollama run ${build.ollama_tag}`} />}
      {first !== undefined && <ServerLine file={baseName(first)} model={model} placed={placed} />}
      <CopyLine text={`llm-almanac install ${model.id}@${build.quantization}`} />
      {files?.repo !== undefined && (
        <details class="small">
          <summary>Files</summary>
          <ul class="file-list">
            {files.files.map((file) => (
              <li key={file.name}>
                <OutLink href={fileUrl(files.repo ?? '', file.name, files.revision)}>
                  {baseName(file.name)}
                </OutLink>
                {file.bytes === undefined ? '' : `, ${formatGib(file.bytes)}`}
              </li>
            ))}
          </ul>
          <p class="muted">
            From <OutLink href={`https://huggingface.co/${files.repo}`}>{files.repo}</OutLink>.
          </p>
        </details>
      )}
    </section>
  )
}

/** What the button will do; before the providers have answered, that is not known. */
function installWords(): string {
  const target = installTargets()[0] ?? 'file'
  if (installedModels.value === null) return 'Install'
  return target === 'file' ? 'Download the file' : `Install with ${providerName(target)}`
}

function useFiles(model: ModelRow, build: BuildRow): GgufRow | undefined {
  const [rows, setRows] = useState<readonly GgufRow[]>([])
  useEffect(() => unlessStale(loadGguf(), (table) => setRows(table[model.id])), [model])
  return rows.find(({ quantization }) => quantization === build.quantization)
}

const baseName = (path: string): string => path.split('/').at(-1) ?? path
