import { AlmanacError } from '../errors.js'
import { HttpFailure, type HttpFailureKind } from '../http/index.js'
import type { ProviderConnection } from './provider-facts.js'
import type { ProviderProblem, ProviderProblemKind, ProviderStatus } from './provider.js'

/** Why a provider cannot be listed or used, in the words of `problems[]`. */
export class ProviderFault extends AlmanacError {
  readonly kind: ProviderProblemKind

  constructor(kind: ProviderProblemKind, message: string, hint?: string, options?: ErrorOptions) {
    super('PROVIDER_FAILED', message, hint, options)
    this.kind = kind
  }
}

const KINDS: Readonly<Record<HttpFailureKind, ProviderProblemKind>> = {
  refused: 'not_running',
  unreachable: 'not_running',
  timed_out: 'timed_out',
  cancelled: 'timed_out',
  too_large: 'too_large',
  redirected: 'redirected',
  bad_output: 'bad_output',
  reset: 'bad_output',
  http_error: 'http_error',
  bad_address: 'bad_address',
}

const STATUSES: Readonly<Partial<Record<ProviderProblemKind, ProviderStatus>>> = {
  not_running: 'not_running',
  loading: 'loading',
  auth_required: 'needs_token',
}

/** What a problem says of the provider as a whole. */
export function statusOf(kind: ProviderProblemKind): ProviderStatus {
  return STATUSES[kind] ?? 'problem'
}

function tokenHint({ facts, token }: ProviderConnection): string {
  const variable = facts.token_variable
  if (variable === undefined) return `Allow this client in front of ${facts.name}; it has no token to send`
  return token === undefined
    ? `Set ${variable} to a token of ${facts.name}`
    : `${variable} is set, but ${facts.name} does not accept it: check the token`
}

function hintFor(kind: ProviderProblemKind, connection: ProviderConnection): string {
  const { facts } = connection
  const elsewhere =
    facts.url_variable === undefined ? '' : `, or set ${facts.url_variable} to another address`
  const hints: Record<ProviderProblemKind, string> = {
    not_running: `${(facts.start_hint ?? `Start ${facts.name}`).replace(/\.$/, '')}${elsewhere}`,
    timed_out: `Restart ${facts.name}${elsewhere}`,
    auth_required: tokenHint(connection),
    not_this_provider: `Stop what uses that port${elsewhere}`,
    bad_output: `Update or restart ${facts.name}${elsewhere}`,
    too_large: `Check what listens at that address${elsewhere}`,
    redirected: `Give the address that it redirects to${facts.url_variable ? ` in ${facts.url_variable}` : ''}`,
    loading: 'Wait until its model is loaded, then ask again',
    http_error: `See the log of ${facts.name}${elsewhere}`,
    bad_address: `Write ${facts.url_variable ?? 'the address'} like http://127.0.0.1:${facts.port}`,
  }
  return hints[kind]
}

function kindOf(error: unknown, connection: ProviderConnection): ProviderProblemKind {
  if (error instanceof ProviderFault) return error.kind
  if (!(error instanceof HttpFailure)) return 'bad_output'
  const tokenRefused = error.status === 403 && connection.facts.token_variable !== undefined
  return error.status === 401 || tokenRefused ? 'auth_required' : KINDS[error.kind]
}

/** The entry of `problems[]` for whatever an adapter threw. */
export function toProblem(error: unknown, connection: ProviderConnection): ProviderProblem {
  const kind = kindOf(error, connection)
  const known = error instanceof AlmanacError
  const detail = error instanceof HttpFailure && error.detail ? `: ${error.detail}` : ''
  return {
    provider: connection.facts.id,
    kind,
    message: known ? `${error.message}${detail}` : `${connection.facts.name} sent something unexpected`,
    hint: (known ? error.hint : undefined) ?? hintFor(kind, connection),
  }
}

/** The error of an action (pull, delete, completion) for people. */
export function toFault(error: unknown, connection: ProviderConnection): AlmanacError {
  if (error instanceof HttpFailure && error.kind === 'cancelled') return error
  if (error instanceof ProviderFault && error.hint !== undefined) return error
  const problem = toProblem(error, connection)
  return new ProviderFault(problem.kind, problem.message, problem.hint, { cause: error })
}
