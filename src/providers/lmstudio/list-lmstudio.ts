import { HttpFailure, parseJson, statusFailure, type TextAnswer } from '../../http/index.js'
import type { Ask } from '../ask.js'
import { fieldOf, textOf } from '../json-fields.js'
import { errorText } from '../parse-items.js'
import { notThisProvider } from '../not-this-provider.js'
import { ProviderFault } from '../provider-fault.js'
import type { ProviderModel, ProviderReport } from '../provider.js'
import { recogniseServer } from '../recognise-server.js'
import { parseOpenAi, parseV0, parseV1 } from './parse-models.js'

const NOTE = 'LM Studio shows only loaded models while Just-in-Time loading is off'

interface Listing {
  path: string
  /** Where the list is in the answer; an answer without it comes from a server that does not know the path. */
  field: string
  parse: (value: unknown) => ProviderModel[]
  complete: boolean
}

/** Newest first: each tells more than the next, and the last is the same on every OpenAI-style server. */
const LISTINGS: readonly Listing[] = [
  { path: '/api/v1/models', field: 'models', parse: parseV1, complete: true },
  { path: '/api/v0/models', field: 'data', parse: parseV0, complete: false },
  { path: '/v1/models', field: 'data', parse: parseOpenAi, complete: false },
]

/** How one listing went: `absent` is a server that does not know the path. */
type Outcome = { models: ProviderModel[] } | { absent: string } | { fault: unknown }

function looksLikeMarkup(text: string): boolean {
  return /^\s*</.test(text)
}

/** LM Studio answers unknown paths with 200 and an error in the body. */
function isUnknownPath(answer: TextAnswer, value: unknown): boolean {
  return [404, 405, 501].includes(answer.status) || /^Unexpected endpoint/.test(errorText(value) ?? '')
}

function valueOrNull(text: string): unknown {
  try {
    return parseJson(text)
  } catch {
    return null
  }
}

/** True where all items are models of somebody else: named, but not the way LM Studio does. */
function isForeign(value: unknown, { field, path }: Listing): boolean {
  const list = fieldOf(value, field)
  if (list === undefined) return true
  if (path === '/api/v1/models' || !Array.isArray(list) || list.length === 0) return false
  const named = list.filter((item) => textOf(fieldOf(item, 'id')) !== null)
  const isOwn = (item: unknown): boolean =>
    path === '/v1/models'
      ? fieldOf(item, 'owned_by') === 'organization_owner'
      : fieldOf(item, 'type') !== undefined || fieldOf(item, 'state') !== undefined
  return named.length > 0 && !named.some(isOwn)
}

function parseAnswer(answer: TextAnswer, url: string, listing: Listing): Outcome {
  const value = valueOrNull(answer.text)
  if (isUnknownPath(answer, value)) return { absent: answer.text }
  const owner = recogniseServer(answer.text)
  if (owner !== null && owner !== 'lmstudio') return { absent: answer.text }
  if (answer.status !== 200) return { fault: statusFailure(url, answer) }
  if (looksLikeMarkup(answer.text)) return { absent: answer.text }
  try {
    const parsed = parseJson(answer.text, `The answer of ${url}`)
    return isForeign(parsed, listing) ? { absent: answer.text } : { models: listing.parse(parsed) }
  } catch (fault) {
    return { fault }
  }
}

/** Faults of the connection or of the token are the same for every path. */
function isFinal(fault: unknown): boolean {
  if (!(fault instanceof HttpFailure)) return false
  return fault.kind === 'http_error'
    ? fault.status === 401 || fault.status === 403
    : fault.kind !== 'bad_output'
}

/**
 * Everything that LM Studio shows. "Nothing" need not mean that nothing is installed: before 0.4.0 the lists
 * depend on a setting, which a note says.
 */
export async function listLmStudio(ask: Ask): Promise<Partial<ProviderReport>> {
  const absent: string[] = []
  let firstFault: unknown
  for (const listing of LISTINGS) {
    const { path, complete } = listing
    const outcome = parseAnswer(await ask.text(path), ask.url + path, listing)
    if ('models' in outcome) {
      const proven = path !== '/v1/models' || outcome.models.length > 0 || absent.some(isLmStudio)
      if (proven) return { models: outcome.models, notes: complete ? [] : [NOTE] }
    } else if ('absent' in outcome) absent.push(outcome.absent)
    else if (isFinal(outcome.fault)) throw outcome.fault
    else firstFault ??= outcome.fault
  }
  if (firstFault !== undefined) throw firstFault
  if (absent.some(isLmStudio))
    throw new ProviderFault('bad_output', 'LM Studio knows none of the lists of models')
  throw await notThisProvider(ask, 'LM Studio', absent)
}

function isLmStudio(text: string): boolean {
  return recogniseServer(text) === 'lmstudio'
}
