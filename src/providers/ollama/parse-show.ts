import { countOf, fieldOf, isRecord, textOf } from '../json-fields.js'
import type { ProviderModel } from '../provider.js'
import { capabilityFields, isRemote } from './parse-tags.js'

/** Longest list of a header that is kept: one entry a block, and the deepest models have some hundred. */
const MAX_LIST = 1024

/** `num_ctx` of the text block in which a Modelfile's parameters are shown; the last one counts. */
export function parseNumCtx(parameters: unknown): number | null {
  if (typeof parameters !== 'string') return null
  const values = [...parameters.slice(0, 100_000).matchAll(/^num_ctx[ \t]+(\d{1,9})[ \t]*\r?$/gm)]
  return countOf(Number(values.at(-1)?.[1] ?? 0))
}

export interface OllamaShow {
  /** What `/api/tags` may leave out. */
  fields: Partial<ProviderModel>
  /** Context that the Modelfile asks for. */
  num_ctx: number | null
}

/** The header without long lists: those of the tokenizer have a hundred thousand entries. */
function headerOf(info: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const entries = Object.entries(info)
  return Object.fromEntries(entries.filter(([, value]) => !Array.isArray(value) || value.length <= MAX_LIST))
}

/** Facts of `POST /api/show`; what is missing or of a wrong type is absent. */
export function parseShow(value: unknown, name: string): OllamaShow {
  const info = fieldOf(value, 'model_info')
  const architecture = textOf(fieldOf(info, 'general.architecture'))
  const fields: Partial<ProviderModel> = capabilityFields(fieldOf(value, 'capabilities'))
  const context = countOf(fieldOf(info, `${architecture}.context_length`))
  const parameters = countOf(fieldOf(info, 'general.parameter_count'))
  if (context !== null) fields.max_context_length = context
  if (parameters !== null) fields.parameters = parameters
  if (isRecord(info)) fields.gguf = headerOf(info)
  if (isRemote(value, name)) Object.assign(fields, { local: false, size_bytes: null })
  return { fields, num_ctx: parseNumCtx(fieldOf(value, 'parameters')) }
}
