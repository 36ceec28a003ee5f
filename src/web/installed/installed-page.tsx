import { signal } from '@preact/signals'
import { Heading } from '../shell/heading.js'
import { countWord } from '../state/catalog-words.js'
import { installedModels, providerStates } from '../state/installed.js'
import { linkTo } from '../state/page-mode.js'
import { carriedQuery } from '../state/question.js'
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
        <p class="small muted">
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
        {models?.length === 0 && <NothingInstalled />}
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

/** What a person without any installed model can do next. */
function NothingInstalled() {
  return (
    <li class="empty">
      <p class="muted">
        {noneRuns()
          ? 'You can look around without one. To install with one click, start Ollama or LM Studio.'
          : 'Nothing is installed yet.'}
      </p>
      <p class="buttons">
        <a class="button main" href={linkTo('') + carriedQuery.value}>
          See what runs best here
        </a>
      </p>
    </li>
  )
}

const noneRuns = (): boolean => providerStates.value.every(({ status }) => status === 'not_running')

function headline(count: number | null, coming: number): string {
  if (count === null) return 'Asking the model servers…'
  if (count === 0 && coming === 0 && noneRuns()) return 'No model server is running.'
  const models = `${countWord(count)} ${count === 1 ? 'model' : 'models'} installed`
  return coming === 0 ? `${models}.` : `${models}, ${countWord(coming).toLowerCase()} on its way.`
}
