import { PROVIDER_IDS, type Provider, type ProviderId, type ProviderReport } from '../providers/index.js'
import type { ListOptions } from '../providers/index.js'

/** A provider keeps itself to 4 s; this is for what no adapter foresaw. */
const LAST_RESORT_S = 4.5

export type ProviderSet = Readonly<Record<ProviderId, Provider>>

function silentReport(provider: Provider, kind: 'timed_out' | 'bad_output'): ProviderReport {
  const what = kind === 'timed_out' ? 'did not answer in time' : 'sent something unexpected'
  const problem = {
    provider: provider.id,
    kind,
    message: `${provider.name} ${what}`,
    hint: `Restart ${provider.name}`,
  }
  const { id, name, url } = provider
  return { id, name, url, status: 'problem', version: null, models: [], problems: [problem], notes: [] }
}

async function probe(provider: Provider, options: ListOptions): Promise<ProviderReport> {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<ProviderReport>((resolve) => {
    timer = setTimeout(() => resolve(silentReport(provider, 'timed_out')), LAST_RESORT_S * 1000)
  })
  const answer = provider.list(options).catch((error: unknown) => {
    if (options.signal?.aborted) throw error
    return silentReport(provider, 'bad_output')
  })
  try {
    return await Promise.race([answer, limit])
  } finally {
    clearTimeout(timer)
  }
}

/**
 * Asks all providers, or one, at the same time. A faulty one costs its own limit and never hides the others.
 *
 * @returns One report each, in the order of `PROVIDER_IDS`.
 * @throws Only what the caller's own signal causes.
 */
export function probeProviders(
  providers: ProviderSet,
  options: ListOptions & { only?: ProviderId } = {},
): Promise<ProviderReport[]> {
  const ids = PROVIDER_IDS.filter((id) => options.only === undefined || options.only === id)
  return Promise.all(ids.map((id) => probe(providers[id], options)))
}
