import { booleanOf, countOf, fieldOf, labelOf, listOf, textOf, textsOf } from '../json-fields.js'
import { parseItems } from '../parse-items.js'
import { bareModel, type ProviderModel } from '../provider.js'

const KINDS: Readonly<Record<string, ProviderModel['kind']>> = {
  llm: 'chat',
  vlm: 'chat',
  embedding: 'embedding',
  embeddings: 'embedding',
}

function kindOf(item: unknown): ProviderModel['kind'] {
  const type = textOf(fieldOf(item, 'type')) ?? ''
  return (Object.hasOwn(KINDS, type) ? KINDS[type] : undefined) ?? 'unknown'
}

function parseV1Model(item: unknown): ProviderModel | null {
  const name = textOf(fieldOf(item, 'key'))
  if (name === null) return null
  const instances = listOf(fieldOf(item, 'loaded_instances'))
  const variant = textOf(fieldOf(item, 'selected_variant'))
  const quantization = fieldOf(item, 'quantization')
  return {
    ...bareModel(name),
    other_names: variant === null || variant === name ? [] : [variant],
    kind: kindOf(item),
    quantization: labelOf(fieldOf(quantization, 'name') ?? quantization),
    size_bytes: countOf(fieldOf(item, 'size_bytes')),
    loaded: instances === null ? null : instances.length > 0,
    context_length: countOf(fieldOf(instances?.[0], 'config', 'context_length')),
    max_context_length: countOf(fieldOf(item, 'max_context_length')),
    tools: booleanOf(fieldOf(item, 'capabilities', 'trained_for_tool_use')),
    vision: booleanOf(fieldOf(item, 'capabilities', 'vision')),
  }
}

function parseV0Model(item: unknown): ProviderModel | null {
  const name = textOf(fieldOf(item, 'id'))
  const state = fieldOf(item, 'state')
  const isOwn = textOf(fieldOf(item, 'type')) !== null || textOf(state) !== null
  if (name === null || !isOwn) return null
  const capabilities = fieldOf(item, 'capabilities')
  return {
    ...bareModel(name),
    kind: kindOf(item),
    quantization: labelOf(fieldOf(item, 'quantization')),
    loaded: state === 'loaded' ? true : state === 'not-loaded' ? false : null,
    context_length: state === 'loaded' ? countOf(fieldOf(item, 'loaded_context_length')) : null,
    max_context_length: countOf(fieldOf(item, 'max_context_length')),
    tools: Array.isArray(capabilities) ? textsOf(capabilities).includes('tool_use') : null,
    vision: textOf(fieldOf(item, 'type')) === 'vlm' ? true : null,
  }
}

function parseOpenAiModel(item: unknown): ProviderModel | null {
  const name = textOf(fieldOf(item, 'id'))
  if (name === null || fieldOf(item, 'owned_by') !== 'organization_owner') return null
  return { ...bareModel(name), kind: name.startsWith('text-embedding-') ? 'embedding' : 'unknown' }
}

/** Models of `GET /api/v1/models` (0.4.0 and later): size, every instance that is loaded. */
export function parseV1(value: unknown): ProviderModel[] {
  return parseItems(value, 'models', { where: '/api/v1/models of LM Studio', parse: parseV1Model })
}

/** Models of `GET /api/v0/models`: state and contexts, no size. */
export function parseV0(value: unknown): ProviderModel[] {
  return parseItems(value, 'data', { where: '/api/v0/models of LM Studio', parse: parseV0Model })
}

/** Models of `GET /v1/models`: names only. */
export function parseOpenAi(value: unknown): ProviderModel[] {
  return parseItems(value, 'data', { where: '/v1/models of LM Studio', parse: parseOpenAiModel })
}
