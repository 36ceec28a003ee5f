import { HttpFailure, parseJson, statusFailure, type TextAnswer } from '../../http/index.js'
import type { Ask } from '../ask.js'
import { fieldOf, listOf, textOf } from '../json-fields.js'
import { notThisProvider } from '../not-this-provider.js'
import { errorText } from '../parse-items.js'
import { ProviderFault } from '../provider-fault.js'
import type { ProviderModel, ProviderReport } from '../provider.js'
import { recogniseServer } from '../recognise-server.js'
import { isRouter, parseModels } from './parse-models.js'
import { parseProps } from './parse-props.js'

interface Others {
  health: TextAnswer | undefined
  props: TextAnswer | undefined
}

/** Loaded models of a router whose properties are asked for. */
const MAX_PROPS = 4

function jsonOf(answer: TextAnswer | undefined): unknown {
  try {
    return answer === undefined ? undefined : parseJson(answer.text)
  } catch {
    return undefined
  }
}

/** Only a server that is loading says so; its health needs no key. */
function isLoading(answer: TextAnswer | undefined): boolean {
  return answer?.status === 503 && /^loading model/i.test(errorText(jsonOf(answer)) ?? '')
}

/** An empty list has no owner: then the properties or the server's own header tell who answers. */
function isLlamaServer(value: unknown, list: TextAnswer, props: unknown): boolean {
  const items = listOf(fieldOf(value, 'data'))
  if (items === null) return false
  if (items.length > 0) return items.some((item) => fieldOf(item, 'owned_by') === 'llamacpp')
  const hasProps = ['build_info', 'default_generation_settings'].some(
    (key) => fieldOf(props, key) !== undefined,
  )
  return hasProps || list.headers['server'] === 'llama.cpp'
}

/** A list that is one, but has nothing in it that could be a model of anybody. */
function isBroken(value: unknown): boolean {
  const data = fieldOf(value, 'data')
  if (data === undefined) return false
  const items = listOf(data)
  return items === null || (items.length > 0 && !items.some((item) => textOf(fieldOf(item, 'id')) !== null))
}

function settled<T>(result: PromiseSettledResult<T>): T | undefined {
  if (result.status === 'fulfilled') return result.value
  if (result.reason instanceof HttpFailure && result.reason.kind === 'cancelled') throw result.reason
  return undefined
}

function isOther(text: string): boolean {
  const id = recogniseServer(text)
  return id !== null && id !== 'llama-server'
}

async function checkList(ask: Ask, list: TextAnswer, others: Others): Promise<void> {
  if (list.status !== 200 && (isLoading(list) || isLoading(others.health))) {
    throw new ProviderFault('loading', `llama-server at ${ask.url} is loading its model`)
  }
  if (isOther(list.text)) throw await notThisProvider(ask, 'llama-server', [list.text])
  const answered = [401, 403].includes(list.status) || list.status >= 500
  if (answered) throw statusFailure(`${ask.url}/v1/models`, list)
  if (list.status !== 200 || /^\s*</.test(list.text))
    throw await notThisProvider(ask, 'llama-server', [list.text])
  const value = parseJson(list.text, `The answer of ${ask.url}/v1/models`)
  if (isBroken(value)) parseModels(value)
  if (!isLlamaServer(value, list, jsonOf(others.props)))
    throw await notThisProvider(ask, 'llama-server', [list.text])
}

/** Routers of some builds have their list at `/models` only. */
async function fetchList(ask: Ask): Promise<TextAnswer> {
  const answer = await ask.text('/v1/models')
  return answer.status === 404 ? ask.text('/models') : answer
}

async function addRouterProps(ask: Ask, models: readonly ProviderModel[]): Promise<void> {
  const loaded = models.filter((model) => model.loaded === true).slice(0, MAX_PROPS)
  const work = loaded.map(async (model) => {
    const path = `/props?model=${encodeURIComponent(model.name)}&autoload=false`
    Object.assign(model, parseProps(await ask.json(path, { total_s: 1 })).fields)
  })
  await Promise.allSettled(work)
}

/**
 * What a llama-server serves: the one model it was started with, or all that a router knows. `owned_by: llamacpp`
 * is the fingerprint, `/props` has the context that is served now.
 */
export async function listLlamaServer(ask: Ask): Promise<Partial<ProviderReport>> {
  const requests = [fetchList(ask), ask.text('/health'), ask.text('/props')] as const
  const [listResult, healthResult, propsResult] = await Promise.allSettled(requests)
  const others: Others = { health: settled(healthResult), props: settled(propsResult) }
  if (listResult.status === 'rejected') throw listResult.reason
  await checkList(ask, listResult.value, others)
  const list = jsonOf(listResult.value)
  const models = parseModels(list)
  const known = others.props?.status === 200
  const props = parseProps(known ? jsonOf(others.props) : undefined)
  if (isLoading(others.health)) return loadingReport(ask, models)
  if (isRouter(list)) await addRouterProps(ask, models)
  else addProps(models, props, known)
  return { models, version: props.build }
}

function addProps(
  models: readonly ProviderModel[],
  props: ReturnType<typeof parseProps>,
  known: boolean,
): void {
  const [model] = models
  if (models.length !== 1 || model === undefined) return
  const path = props.model_path
  Object.assign(model, known ? props.fields : { loaded: true })
  if (path !== null && path !== model.name) model.other_names = [path]
}

function loadingReport(ask: Ask, models: ProviderModel[]): Partial<ProviderReport> {
  const message = `llama-server at ${ask.url} is loading its model`
  const hint = 'Wait until its model is loaded, then ask again'
  for (const model of models) model.loaded = false
  return {
    status: 'loading',
    models,
    problems: [{ provider: 'llama-server', kind: 'loading', message, hint }],
  }
}
