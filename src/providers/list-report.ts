import { HttpFailure } from '../http/index.js'
import { statusOf, toProblem } from './provider-fault.js'
import type { ProviderConnection } from './provider-facts.js'
import type { ProviderId, ProviderModel, ProviderReport } from './provider.js'

/** A report before anything is known but whom it is about. */
export function emptyReport(id: ProviderId, connection: ProviderConnection): ProviderReport {
  return {
    id,
    name: connection.facts.name,
    url: connection.urls[0] ?? '',
    status: 'running',
    version: null,
    models: [],
    problems: [],
    notes: [],
  }
}

/**
 * Runs a listing and turns whatever it throws into a report: a refused connection is a status without a problem,
 * everything else has one. Only the caller's own signal is thrown on.
 */
export async function reportFaults(
  id: ProviderId,
  connection: ProviderConnection,
  list: () => Promise<Partial<ProviderReport>>,
): Promise<ProviderReport> {
  const report = emptyReport(id, connection)
  try {
    return { ...report, ...(await list()) }
  } catch (error) {
    if (error instanceof HttpFailure && error.kind === 'cancelled') throw error
    const problem = toProblem(error, connection)
    const refused = error instanceof HttpFailure && error.kind === 'refused'
    return { ...report, status: statusOf(problem.kind), problems: refused ? [] : [problem] }
  }
}

/** One model a name: a server that repeats itself is not believed twice. */
export function withoutRepeats(models: readonly ProviderModel[]): ProviderModel[] {
  return [...new Map(models.map((model) => [model.name, model])).values()]
}
