import { countOf, fieldOf, labelOf, textOf, textsOf } from '../json-fields.js'
import { parseItems } from '../parse-items.js'
import { bareModel, type ProviderModel } from '../provider.js'

/** What a list of capabilities says of a model; nothing where there is no list. */
export function capabilityFields(value: unknown): Partial<ProviderModel> {
  const capabilities = textsOf(value)
  if (capabilities.length === 0) return {}
  const chat = capabilities.includes('completion') || capabilities.includes('tools')
  const kind = chat ? 'chat' : capabilities.includes('embedding') ? 'embedding' : 'unknown'
  return { kind, tools: capabilities.includes('tools'), vision: capabilities.includes('vision') }
}

/** A parameter count as Ollama writes it: `307.58M`, `7.6B`, or plain digits for cloud models. */
export function parseParameterSize(value: unknown): number | null {
  const match = /^(\d{1,15}(?:\.\d{1,6})?)\s*([KMBT]?)$/i.exec(textOf(value) ?? '')
  if (!match) return null
  const exponent = { '': 0, K: 3, M: 6, B: 9, T: 12 }[match[2]?.toUpperCase() ?? ''] ?? 0
  return countOf(Math.round(Number(`${match[1]}e${exponent}`)))
}

/** True where an entry only points to a model on somebody else's machine. */
export function isRemote(entry: unknown, name: string): boolean {
  const isNamed = textOf(fieldOf(entry, 'remote_model')) ?? textOf(fieldOf(entry, 'remote_host'))
  return isNamed !== null || /[:-]cloud$/.test(name)
}

function parseTag(item: unknown): ProviderModel | null {
  const name = textOf(fieldOf(item, 'name')) ?? textOf(fieldOf(item, 'model'))
  if (name === null) return null
  const local = !isRemote(item, name)
  return {
    ...bareModel(name),
    local,
    loaded: local ? false : null,
    quantization: labelOf(fieldOf(item, 'details', 'quantization_level')),
    digest: textOf(fieldOf(item, 'digest')),
    size_bytes: local ? countOf(fieldOf(item, 'size')) : null,
    max_context_length: countOf(fieldOf(item, 'details', 'context_length')),
    parameters: parseParameterSize(fieldOf(item, 'details', 'parameter_size')),
    modified: textOf(fieldOf(item, 'modified_at')),
    ...capabilityFields(fieldOf(item, 'capabilities')),
  }
}

/** Models of `GET /api/tags`. @throws {ProviderFault} `bad_output` */
export function parseTags(value: unknown): ProviderModel[] {
  return parseItems(value, 'models', { where: '/api/tags of Ollama', parse: parseTag })
}
