import { signal } from '@preact/signals'
import { Heading } from '../shell/heading.js'
import { countWord } from '../state/catalog-words.js'
import { installedModels, providerStates } from '../state/installed.js'
import { usePlacedInstalled } from './use-placed-installed.js'
import { activeInstalls, standingInstalls } from '../state/installs.js'
import { InstalledRow } from './installed-row.js'
import { InstallPanel } from './install-strip.js'
import { ProviderCard } from './provider-card.js'
import { RemoveDialog } from './remove-dialog.js'

/** Rows shown before "Show all": nobody's server holds so many, but a broken one may say so. */
const FIRST_ROWS = 100
const showAll = signal(false)

/** What the local model servers hold, and what is on its way. */
export function InstalledPage() {
  const models = installedModels.value
  const placed = usePlacedInstalled(models)
  const jobs = standingInstalls.value.slice(0, 5)
  return (
    <>
      <div class="answer">
        <Heading title="Installed">{headline(models?.length ?? null, activeInstalls.value.length)}</Heading>
      </div>
      {jobs.map((job) => (
        <InstallPanel key={job.id} job={job} />
      ))}
      {activeInstalls.value.length > 0 && (
        <p class="aside-note notice">
          You can close this page. The download goes on while llm-almanac runs, and resumes where it stopped.
        </p>
      )}
      <div class="providers">
        {providerStates.value.map((provider) => (
          <ProviderCard
            key={provider.name}
            provider={provider}
            count={(models ?? []).filter((model) => model.provider === provider.name).length}
          />
        ))}
      </div>
      <ul class="panel installed-list" id="list" tabIndex={-1} aria-busy={models === null}>
        {models?.length === 0 && <li class="installed-row muted">Nothing is installed yet.</li>}
        {models?.slice(0, showAll.value ? undefined : FIRST_ROWS).map((model) => (
          <InstalledRow
            key={`${model.provider} ${model.name}`}
            installed={model}
            placed={placed.get(`${model.model}@${model.quantization}`)}
          />
        ))}
        {models && models.length > FIRST_ROWS && !showAll.value && (
          <li class="more">
            <button class="button" type="button" onClick={() => (showAll.value = true)}>
              Show all {models.length.toLocaleString('en')}
            </button>
            <span class="small muted">{FIRST_ROWS} are shown.</span>
          </li>
        )}
      </ul>
      <RemoveDialog />
    </>
  )
}

function headline(count: number | null, coming: number): string {
  if (count === null) return 'Asking the model servers…'
  const models = `${countWord(count)} ${count === 1 ? 'model' : 'models'} installed`
  return coming === 0 ? `${models}.` : `${models}, ${countWord(coming).toLowerCase()} on its way.`
}
