import { HttpFailure, parseJson, statusFailure, type TextAnswer } from '../../http/index.js'
import type { Ask } from '../ask.js'
import { fieldOf, textOf } from '../json-fields.js'
import { notThisProvider } from '../not-this-provider.js'
import { ProviderFault } from '../provider-fault.js'
import type { ListOptions, ProviderModel, ProviderReport } from '../provider.js'
import { recogniseServer, recogniseValue } from '../recognise-server.js'
import { parsePs } from './parse-ps.js'
import { parseTags } from './parse-tags.js'
import { addDetails, type ShowCache } from './show-models.js'

/** Well-formed answers of something else; a broken one says nothing about who is there. */
function isOtherServer(text: string): boolean {
  if (!/^\s*[{[]/.test(text)) return text.trim() !== ''
  try {
    return parseJson(text) !== undefined
  } catch {
    return false
  }
}

async function checkRoot(ask: Ask, root: TextAnswer, tags: PromiseSettledResult<unknown>): Promise<void> {
  const list = tags.status === 'fulfilled' ? tags.value : undefined
  const isFake = recogniseValue(list) === 'koboldcpp'
  if (/^Ollama is running\s*$/.test(root.text) && !isFake) return
  if (root.status === 403 && root.text === '') {
    const hint = 'Add the name to OLLAMA_ORIGINS or use an address like http://127.0.0.1:11434'
    throw new ProviderFault('http_error', `${ask.url} refuses this host name (403)`, hint)
  }
  const failed = root.status >= 500 || root.status === 401 || root.status === 403
  if (failed && recogniseServer(root.text) === null) throw statusFailure(ask.url, root)
  if (root.status === 200 && !isOtherServer(root.text)) {
    throw new ProviderFault('bad_output', `${ask.url} does not say what it is`)
  }
  throw await notThisProvider(ask, 'Ollama', isFake ? [JSON.stringify(list)] : [root.text])
}

function valueOf<T>(result: PromiseSettledResult<T>): T | undefined {
  if (result.status === 'fulfilled') return result.value
  if (result.reason instanceof HttpFailure && result.reason.kind === 'cancelled') throw result.reason
  return undefined
}

/** Details beyond the list are for a person's models; they stay fewer than the cache holds, so each is asked for once. */
const MAX_WANTED = 200

/** Without these, the list has holes. */
function isUnclear(model: ProviderModel): boolean {
  return model.kind === 'unknown' || model.max_context_length === null
}

/**
 * Everything that Ollama holds: `/` is the fingerprint, `/api/tags` the list, `/api/ps` what is loaded and the context
 * served, `/api/show` what older servers leave out of the list.
 */
export async function listOllama(
  ask: Ask,
  cache: ShowCache,
  options: ListOptions,
): Promise<Partial<ProviderReport>> {
  const requests = [
    ask.text('/'),
    ask.json('/api/tags'),
    ask.json('/api/ps'),
    ask.json('/api/version'),
  ] as const
  const [root, tags, ps, version] = await Promise.allSettled(requests)
  if (root.status === 'rejected') throw root.reason
  await checkRoot(ask, root.value, tags)
  if (tags.status === 'rejected') throw tags.reason
  const models = parseTags(tags.value)
  const loaded = parsePs(valueOf(ps))
  for (const model of models) {
    Object.assign(model, loaded ? loaded.get(model.name) : { loaded: null })
  }
  const local = models.filter((model) => model.local)
  const others = local.filter((model) => !isUnclear(model) && options.wantsDetails?.(model) === true)
  await addDetails([...local.filter(isUnclear), ...others.slice(0, MAX_WANTED)], { ask, cache })
  return { models, version: textOf(fieldOf(valueOf(version), 'version')) }
}
