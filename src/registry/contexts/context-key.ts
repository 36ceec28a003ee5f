import type { ResolveName } from '../resolve-name.js'

/**
 * Under which name a context length is saved: the catalog id that the name means, else the name itself with the tag
 * that Ollama would add. So `llama3.2`, `llama3.2:latest` and a GGUF path of the same weights share one setting.
 *
 * @example contextKey('My-Model', resolve) // 'my-model:latest'
 */
export function contextKey(name: string, resolve: ResolveName): string {
  const { model } = resolve(name)
  if (model !== null) return model
  const lower = name.trim().toLowerCase()
  const last = lower.slice(lower.lastIndexOf('/') + 1)
  return /[:@]|\.gguf$/.test(last) ? lower : `${lower}:latest`
}
