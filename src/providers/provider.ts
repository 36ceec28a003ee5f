/** Servers that llm-almanac manages, in the order in which they are listed. */
export const PROVIDER_IDS = ['ollama', 'lmstudio', 'llama-server'] as const
export type ProviderId = (typeof PROVIDER_IDS)[number]

export type ProviderStatus = 'running' | 'not_running' | 'loading' | 'needs_token' | 'problem'

export type ProviderProblemKind =
  | 'not_running'
  | 'timed_out'
  | 'auth_required'
  | 'not_this_provider'
  | 'bad_output'
  | 'too_large'
  | 'redirected'
  | 'loading'
  | 'http_error'
  | 'bad_address'

export interface ProviderProblem {
  provider: string
  kind: ProviderProblemKind
  message: string
  hint: string
}

/** One model as its provider describes it. `null` is "the provider does not say". */
export interface ProviderModel {
  /** Verbatim and untrusted: printers make control characters visible. */
  name: string
  /** Other names that the provider gives for the same files: a variant, a path behind an alias. */
  other_names: readonly string[]
  kind: 'chat' | 'embedding' | 'unknown'
  quantization: string | null
  digest: string | null
  /** On disk. */
  size_bytes: number | null
  /** False for a model that runs in somebody's cloud. */
  local: boolean
  loaded: boolean | null
  /** Served now, in tokens. */
  context_length: number | null
  /** Trained, in tokens. */
  max_context_length: number | null
  parameters: number | null
  tools: boolean | null
  vision: boolean | null
  /** Memory of the loaded model with its cache, and the part of it on GPUs. */
  memory_bytes: number | null
  gpu_memory_bytes: number | null
  modified: string | null
  /** GGUF header fields under their full keys, where the provider shows them. */
  gguf: Readonly<Record<string, unknown>> | null
}

/** What one provider answered. */
export interface ProviderReport {
  id: ProviderId
  name: string
  url: string
  status: ProviderStatus
  version: string | null
  models: ProviderModel[]
  problems: ProviderProblem[]
  /** For people: what the list may not show. */
  notes: string[]
}

export interface ListOptions {
  signal?: AbortSignal
  /** Models of which all that the provider has is asked for; default: those whose kind or context it does not list. */
  wantsDetails?: (model: ProviderModel) => boolean
}

export interface CompletionOptions {
  signal?: AbortSignal
  /** Loads the model with this context, where the provider lets a request say so. */
  context_length?: number
  /** Until the answer, loading included; default 120. */
  limit_s?: number
}

/** A local server that holds models. `list` never rejects for what a server does; the others throw AlmanacError. */
export interface Provider {
  readonly id: ProviderId
  readonly name: string
  /** Empty where the configured address cannot be parsed. */
  readonly url: string
  list(options?: ListOptions): Promise<ProviderReport>
  /** Asks for one token. @returns The name of the model that answered, which need not be the one asked for. */
  tinyCompletion(model: string, options?: CompletionOptions): Promise<string>
}

/** A model without any fact but its name: what adapters start from. */
export function bareModel(name: string): ProviderModel {
  return {
    name,
    other_names: [],
    kind: 'unknown',
    quantization: null,
    digest: null,
    size_bytes: null,
    local: true,
    loaded: null,
    context_length: null,
    max_context_length: null,
    parameters: null,
    tools: null,
    vision: null,
    memory_bytes: null,
    gpu_memory_bytes: null,
    modified: null,
    gguf: null,
  }
}
