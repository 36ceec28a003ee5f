import { splitTag } from './ollama-tag.js'
import type { NameIndex, TagMeaning } from './types.js'

/** Tags of models that run at Ollama, not here. */
const CLOUD = /[-:]cloud$/

/**
 * What a tag of the Ollama library holds: a tag of the tables, or one that differs in its label only.
 *
 * @param reference - `family:tag`; a bare family is `family:latest`.
 * @returns `null` for a tag that no build has: someone's own model, base weights, another size.
 * @example resolveTag(index, 'qwen2.5:7b-instruct-q3_K_S') // { model: 'qwen2.5:7b', quantization: 'Q3_K_S' }
 */
export function resolveTag(index: NameIndex, reference: string): TagMeaning | null {
  const lower = reference.toLowerCase()
  const tag = lower.includes(':') ? lower : `${lower}:latest`
  const known = index.tags.get(tag)
  if (known !== undefined) return known
  if (CLOUD.test(tag)) return resolveCloudTag(index, tag.replace(CLOUD, ''))
  const { stem, label, quantized } = splitTag(tag)
  const model = quantized ? index.tag_stems.get(stem) : undefined
  return model ? { model, quantization: label } : null
}

/** A cloud tag names the model of the local tag, or, without a size, the family's only one. */
function resolveCloudTag(index: NameIndex, tag: string): TagMeaning | null {
  const local = tag.includes(':') ? index.tags.get(tag) : onlyModel(index, tag)
  return local ? { model: local.model, quantization: null } : null
}

function onlyModel(index: NameIndex, family: string): Pick<TagMeaning, 'model'> | null {
  const models = [...index.models.keys()].filter((id) => id.startsWith(`${family}:`))
  const [model] = models
  const tags = [...index.tags.keys()].filter((tag) => tag.startsWith(`${family}:`))
  const others = tags.some((tag) => index.tags.get(tag)?.model !== model)
  return models.length === 1 && model !== undefined && !others ? { model } : null
}
