import { findModel } from '../../catalog/index.js'
import type { Placed } from '../forecast/protocol.js'
import { formatContext, formatGib } from '../../units.js'
import { TierBadge } from '../home/tier-badge.js'
import { providerName } from '../state/installed.js'
import type { InstalledModel } from '../state/installed.js'
import { carriedQuery } from '../state/question.js'
import { printable } from '../state/read-json.js'
import { modelPath } from '../state/router.js'
import { askRemoval } from './remove-dialog.js'

/** One installed model, known to the almanac or not. */
export function InstalledRow({
  installed,
  placed,
}: {
  installed: InstalledModel
  placed: Placed | undefined
}) {
  const { name, provider, quantization, size_bytes } = installed
  const model = installed.model === null ? undefined : findModel(installed.model)
  const shown = printable(name)
  return (
    <li class="installed-row">
      <div class="who">
        <p class="name-line">
          {model ? (
            <a class="name" href={modelPath(model.id) + carriedQuery.value}>
              {model.name}
            </a>
          ) : (
            <bdi class="name">{shown}</bdi>
          )}{' '}
          {quantization !== null && <code>{printable(quantization, 40)}</code>}
        </p>
        <p class="small muted">
          {model ? (
            <>
              <bdi>{shown}</bdi> in {providerName(provider)}
            </>
          ) : (
            `In ${providerName(provider)}. Not in the almanac, so no verdict.`
          )}
        </p>
        {model && <TierBadge model={model} />}
      </div>
      <p class="small muted">{loadedWords(installed)}</p>
      <p class={`small verdict ${placed?.verdict.tone ?? 'muted'}`}>{placed ? verdictWords(placed) : ''}</p>
      <p class="size">
        {size_bytes === null ? (
          <span class="small muted">Size unknown</span>
        ) : (
          <>
            <strong>{formatGib(size_bytes)}</strong> <span class="small muted">on disk</span>
          </>
        )}
      </p>
      <div class="get">
        {provider === 'ollama' && (
          <button class="button plain" type="button" onClick={() => askRemoval(installed)}>
            Remove…<span class="unseen"> {shown}</span>
          </button>
        )}
      </div>
    </li>
  )
}

function verdictWords({ placement, verdict }: Placed): string {
  return placement.fit === 'gpu' && verdict.tone === 'good' ? 'Fits whole on the card' : verdict.short
}

function loadedWords({ loaded, context_length, kind }: InstalledModel): string {
  const at = context_length === null ? '' : `, ${formatContext(context_length)} context`
  if (kind === 'embedding') return 'Embedding model'
  if (loaded === null) return ''
  return loaded ? `Loaded now${at}` : 'Not loaded'
}
