import { computed, signal } from '@preact/signals'
import { fetchApi } from './fetch-api.js'
import { linkTo } from './page-mode.js'
import { fieldsOf, listOf, numberOf, printable, textOf } from './read-json.js'

export interface InstalledModel {
  name: string
  provider: string
  /** Catalog id; null where the almanac does not know it. */
  model: string | null
  quantization: string | null
  kind: string
  size_bytes: number | null
  loaded: boolean | null
  context_length: number | null
}

export interface ProviderState {
  name: string
  status: string
  version: string | null
  /** What went wrong, and what to do. */
  problem: string | null
}

/** Null until the providers have answered for the first time. */
export const installedModels = signal<readonly InstalledModel[] | null>(null)
export const providerStates = signal<readonly ProviderState[]>([])

/** `MODEL@QUANT` of everything that some provider holds. */
export const installedBuilds = computed(
  () => new Set((installedModels.value ?? []).map(({ model, quantization }) => `${model}@${quantization}`)),
)

export const runningProviders = computed(() =>
  providerStates.value.filter(({ status }) => status === 'running').map(({ name }) => name),
)

let asking: Promise<void> | undefined

/** Asks what the providers hold; calls that arrive together share one request. */
export function refreshInstalled(): Promise<void> {
  asking ??= ask().finally(() => (asking = undefined))
  return asking
}

/** Asks anew, even where an older question is still open, which may not know of what was just done. */
export async function relistInstalled(): Promise<void> {
  await asking
  await refreshInstalled()
}

async function ask(): Promise<void> {
  const answer = await fetchApi(linkTo('api/model/installed'))
  if (!answer.ok) return
  const body = fieldsOf(answer.body)
  const problems = listOf(body['problems'])
  providerStates.value = listOf(body['providers']).map((row) => {
    const name = textOf(row['name']) ?? ''
    const problem = problems.find((each) => each['provider'] === name)
    const sentence = [textOf(problem?.['message']), textOf(problem?.['hint'])].filter((text) => text !== null)
    return {
      name,
      status: textOf(row['status']) ?? 'problem',
      version: textOf(row['version']),
      problem: sentence.length > 0 ? printable(sentence.join(' ')) : null,
    }
  })
  const models = listOf(body['models']).flatMap((row): InstalledModel[] => {
    const name = textOf(row['name'])
    if (name === null) return []
    return [
      {
        name,
        provider: textOf(row['provider']) ?? '',
        model: textOf(row['model']),
        quantization: textOf(row['quantization']),
        kind: textOf(row['kind']) ?? 'unknown',
        size_bytes: numberOf(row['size_bytes']),
        loaded: typeof row['loaded'] === 'boolean' ? row['loaded'] : null,
        context_length: numberOf(row['context_length']),
      },
    ]
  })
  // The same answer again must not wake the whole list.
  if (JSON.stringify(models) !== JSON.stringify(installedModels.peek())) installedModels.value = models
}

/** Provider states are noticed without a reload: a server that was started shows within half a minute. */
export function startInstalled(): void {
  void refreshInstalled()
  window.addEventListener('focus', () => void refreshInstalled())
  setInterval(() => {
    if (!document.hidden) void refreshInstalled()
  }, 20_000)
}

export const PROVIDER_NAMES: Readonly<Record<string, string>> = {
  ollama: 'Ollama',
  lmstudio: 'LM Studio',
  'llama-server': 'llama-server',
  file: 'a file',
}

export const providerName = (id: string): string => PROVIDER_NAMES[id] ?? printable(id, 40)
