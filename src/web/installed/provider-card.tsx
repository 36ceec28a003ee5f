import { PROVIDERS } from '../../../generated/providers.js'
import { providerName, refreshInstalled } from '../state/installed.js'
import type { ProviderState } from '../state/installed.js'
import { printable } from '../state/read-json.js'

/** One model server: whether it runs, and how to start it. */
export function ProviderCard({ provider, count }: { provider: ProviderState; count: number }) {
  const { name, status, version, problem } = provider
  const hint = PROVIDERS.find(({ id }) => id === name)?.start_hint ?? ''
  return (
    <section class="panel provider" aria-label={providerName(name)}>
      <h2>
        <i class={`dot ${status}`} aria-hidden="true" />
        {providerName(name)}
      </h2>
      <p class="small muted">
        {status === 'running' &&
          `Running${version === null ? '' : `, version ${printable(version, 40)}`}. ${count} ${count === 1 ? 'model' : 'models'}.`}
        {status === 'not_running' && `Not running. ${hint}`}
        {status === 'loading' && 'Loading its model. This can take a minute.'}
        {status !== 'running' &&
          status !== 'not_running' &&
          status !== 'loading' &&
          (problem ?? 'It answers in a way that could not be read.')}
      </p>
      {status !== 'running' && (
        <button class="button quiet" type="button" onClick={() => void refreshInstalled()}>
          Check again<span class="unseen">: {providerName(name)}</span>
        </button>
      )}
    </section>
  )
}
