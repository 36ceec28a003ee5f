import { fieldOf, listOf, textOf } from './json-fields.js'

/** Servers with an OpenAI-style list, by what only they write into it. Never by port or status. */
const OWNERS: Readonly<Record<string, string>> = {
  llamacpp: 'llama-server',
  vllm: 'vllm',
  docker: 'docker-model-runner',
  koboldcpp: 'koboldcpp',
  library: 'ollama',
  organization_owner: 'lmstudio',
}

/** Servers that say their name in a plain text or an error. */
const TEXTS: readonly (readonly [RegExp, string])[] = [
  [/^\s*Ollama is running\s*$/, 'ollama'],
  [/Unexpected endpoint or method/, 'lmstudio'],
  [/LM Studio API token/, 'lmstudio'],
  [/Docker Model Runner/i, 'docker-model-runner'],
  [/"result"\s*:\s*"KoboldCpp"|koboldcpp/i, 'koboldcpp'],
  [/<title>[^<]*llama\.cpp|llama\.cpp[^<]*<\/title>/i, 'llama-server'],
  [/LocalAI/, 'localai'],
  [/GPUStack/i, 'gpustack'],
  [/"code"\s*:\s*401[\s\S]{0,80}"reason"\s*:\s*"Unauthorized"/, 'gpustack'],
  [/"message"\s*:\s*"(Invalid API Key|Loading model)"/, 'llama-server'],
  [/Invalid host header|Invalid or missing authorization token/, 'jan'],
]

function ownerOf(item: unknown): string | null {
  const owner = textOf(fieldOf(item, 'owned_by'))
  if (owner !== null && Object.hasOwn(OWNERS, owner)) return OWNERS[owner] ?? null
  if (fieldOf(item, 'dmr') !== undefined) return 'docker-model-runner'
  return owner === 'user' && fieldOf(item, 'created') === 1 ? 'jan' : null
}

/** Servers without an owner are told apart by which of the other fields they leave out. */
function anonymousServer(items: readonly unknown[]): string | null {
  const shapes = new Set(items.map((item) => Object.keys(Object(item)).sort().join()))
  if (shapes.size !== 1) return null
  if (shapes.has('created,id,object')) return 'mlx-lm'
  return shapes.has('id,object') ? 'localai' : null
}

function byList(value: unknown): string | null {
  const items = listOf(fieldOf(value, 'data')) ?? []
  for (const item of items) {
    const id = ownerOf(item)
    if (id !== null) return id
  }
  return items.length === 0 ? null : anonymousServer(items)
}

/** KoboldCpp answers Ollama's path with a constant fake. */
function byOllamaList(items: readonly unknown[]): string | null {
  if (items.some((item) => fieldOf(item, 'details', 'family') === 'koboldcpp')) return 'koboldcpp'
  const isTag = (item: unknown): boolean =>
    textOf(fieldOf(item, 'name')) !== null && fieldOf(item, 'modified_at') !== undefined
  return items.some(isTag) ? 'ollama' : null
}

function byOwnPaths(value: unknown): string | null {
  if (fieldOf(value, 'result') === 'KoboldCpp') return 'koboldcpp'
  if (fieldOf(value, 'model_name') !== undefined && fieldOf(value, 'lora_names') !== undefined) {
    return 'text-generation-webui'
  }
  return byOllamaList(listOf(fieldOf(value, 'models')) ?? [])
}

/** Which server a parsed list or status comes from; `null` where nothing tells. */
export function recogniseValue(value: unknown): string | null {
  return byList(value) ?? byOwnPaths(value)
}

/**
 * Which server an answer comes from, by its body.
 *
 * @param body Text of any answer: a list of models, the root page, an error.
 * @returns An id of the table of providers, or `null` where nothing tells.
 * @example recogniseServer('{"data":[{"id":"m","owned_by":"vllm"}]}') // 'vllm'
 */
export function recogniseServer(body: string): string | null {
  const id = recogniseValue(parsed(body))
  if (id !== null) return id
  const start = body.slice(0, 4096)
  return TEXTS.find(([pattern]) => pattern.test(start))?.[1] ?? null
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
