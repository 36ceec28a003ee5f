import { signal } from '@preact/signals'
import { formatGib } from '../../units.js'
import { Dialog } from '../shell/dialog.js'
import { fetchApi } from '../state/fetch-api.js'
import { providerName, refreshInstalled } from '../state/installed.js'
import type { InstalledModel } from '../state/installed.js'
import { linkTo } from '../state/page-mode.js'
import { printable } from '../state/read-json.js'

const asked = signal<InstalledModel | null>(null)
const failure = signal('')
const busy = signal(false)

export function askRemoval(model: InstalledModel): void {
  failure.value = ''
  asked.value = model
}

const keep = () => (asked.value = null)

async function remove({ name, provider }: InstalledModel): Promise<void> {
  busy.value = true
  const query = new URLSearchParams({ provider_hint: provider })
  const answer = await fetchApi(linkTo(`api/model/uninstall/${encodeURIComponent(name)}?${query}`), 'DELETE')
  busy.value = false
  if (answer.ok) {
    asked.value = null
    await refreshInstalled()
  } else {
    failure.value = answer.message
  }
}

/** Asks before anything is removed; Keep has the focus. */
export function RemoveDialog() {
  const model = asked.value
  if (!model) return null
  const frees =
    model.size_bytes === null ? '' : ` This frees ${formatGib(model.size_bytes)} and removes nothing else.`
  return (
    <Dialog label={`Remove ${printable(model.name)}`} onClose={keep}>
      <h2>
        Remove <bdi>{printable(model.name)}</bdi> from {providerName(model.provider)}?
      </h2>
      <p>{frees}</p>
      {failure.value !== '' && (
        <p class="bad" role="alert">
          {failure.value}
        </p>
      )}
      <p class="buttons">
        <button class="button" type="button" autofocus onClick={keep}>
          Keep
        </button>
        <button class="button main" type="button" disabled={busy.value} onClick={() => void remove(model)}>
          Remove
        </button>
      </p>
    </Dialog>
  )
}
