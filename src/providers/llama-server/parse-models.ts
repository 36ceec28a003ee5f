import { countOf, fieldOf, textOf, textsOf } from '../json-fields.js'
import { parseItems } from '../parse-items.js'
import { bareModel, type ProviderModel } from '../provider.js'

/** States of a router's model that can be chosen; a download under way cannot. */
function isSelectable(item: unknown): boolean {
  return fieldOf(item, 'status', 'value') !== 'downloading'
}

/** The context that a router started a model with, where its arguments say so for one slot. */
function contextOfArguments(value: unknown): number | null {
  const args = textsOf(value)
  if (args.some((arg) => arg === '-np' || arg === '--parallel')) return null
  const index = args.findIndex((arg) => ['-c', '-ctx', '--ctx-size'].includes(arg))
  const text = index === -1 ? '' : (args[index + 1] ?? '')
  return /^\d{1,9}$/.test(text) ? countOf(Number(text)) : null
}

function parseModel(item: unknown): ProviderModel | null {
  const name = textOf(fieldOf(item, 'id'))
  if (name === null) return null
  const state = fieldOf(item, 'status', 'value')
  const path = textOf(fieldOf(item, 'path'))
  const meta = fieldOf(item, 'meta')
  const inputs = fieldOf(item, 'architecture', 'input_modalities')
  const outputs = textsOf(fieldOf(item, 'architecture', 'output_modalities'))
  const isLoaded = state === undefined ? null : state === 'loaded'
  return {
    ...bareModel(name),
    other_names: path === null || path === name ? [] : [path],
    kind: outputs.some((output) => output.startsWith('embedding')) ? 'embedding' : 'unknown',
    size_bytes: countOf(fieldOf(meta, 'size')),
    parameters: countOf(fieldOf(meta, 'n_params')),
    max_context_length: countOf(fieldOf(meta, 'n_ctx_train')),
    loaded: isLoaded,
    context_length: isLoaded ? contextOfArguments(fieldOf(item, 'status', 'args')) : null,
    vision: Array.isArray(inputs) ? textsOf(inputs).includes('image') : null,
  }
}

/** Models of `GET /v1/models`: one, or all that a router knows. @throws {ProviderFault} `bad_output` */
export function parseModels(value: unknown): ProviderModel[] {
  const data = fieldOf(value, 'data')
  const list = Array.isArray(data) ? { data: data.filter(isSelectable) } : value
  return parseItems(list, 'data', { where: '/v1/models of llama-server', parse: parseModel })
}

/** True where the list has a router's states instead of the one model of a plain server. */
export function isRouter(value: unknown): boolean {
  const data = fieldOf(value, 'data')
  return Array.isArray(data) && data.some((item) => fieldOf(item, 'status') !== undefined)
}
