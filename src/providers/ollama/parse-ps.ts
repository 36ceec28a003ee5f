import { countOf, fieldOf, listOf, textOf } from '../json-fields.js'
import type { ProviderModel } from '../provider.js'

function parseLoaded(item: unknown): Partial<ProviderModel> {
  const gpuBytes = fieldOf(item, 'size_vram')
  return {
    loaded: true,
    context_length: countOf(fieldOf(item, 'context_length')),
    memory_bytes: countOf(fieldOf(item, 'size')),
    gpu_memory_bytes: gpuBytes === 0 ? 0 : countOf(gpuBytes),
  }
}

/** What `GET /api/ps` says of each loaded model by name; `null` where the answer is unusable. */
export function parsePs(value: unknown): Map<string, Partial<ProviderModel>> | null {
  const items = listOf(fieldOf(value, 'models'))
  if (items === null) return null
  const loaded = new Map<string, Partial<ProviderModel>>()
  for (const item of items) {
    const name = textOf(fieldOf(item, 'name')) ?? textOf(fieldOf(item, 'model'))
    if (name !== null) loaded.set(name, parseLoaded(item))
  }
  return loaded
}
