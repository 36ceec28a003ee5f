import type { SettingsFile } from '../settings-file.js'
import type { ResolveName } from '../resolve-name.js'
import { checkContext, chooseContext, type ContextLimits } from './choose-context.js'
import { contextKey } from './context-key.js'

/** State of one model's context length, in tokens. */
export interface ContextState {
  /** Key under which it is saved: the catalog id, else the name. */
  model: string
  current: number
  /** Without an override. */
  default: number
  /** `null` where nobody knows what the model was trained for. */
  max: number | null
  is_override: boolean
  warnings: string[]
}

/** What may be known of a model beside its name. */
export interface NamedContext {
  name: string
  limits: ContextLimits
}

/** The user's saved context lengths, by resolved model. */
export class ContextStore {
  readonly #file: SettingsFile
  readonly #resolve: ResolveName

  constructor(file: SettingsFile, resolve: ResolveName) {
    this.#file = file
    this.#resolve = resolve
  }

  /** @throws {AlmanacError} `FILE_ERROR`, `BUSY` */
  async get({ name, limits }: NamedContext): Promise<ContextState> {
    const { contexts, warnings } = await this.#file.read()
    const key = contextKey(name, this.#resolve)
    return stateOf(key, contexts.get(key), { limits, warnings })
  }

  /** Saves a length for every name of the same model. @throws {AlmanacError} Also where the model cannot have it. */
  async set({ name, limits }: NamedContext, tokens: unknown): Promise<ContextState> {
    const checked = checkContext(tokens, limits)
    const key = contextKey(name, this.#resolve)
    const { warnings } = await this.#file.change({ context: { key, tokens: checked } })
    return stateOf(key, checked, { limits, warnings })
  }

  /** Forgets the saved length; nothing happens where there is none. @throws {AlmanacError} */
  async reset({ name, limits }: NamedContext): Promise<ContextState> {
    const key = contextKey(name, this.#resolve)
    const { warnings } = await this.#file.change({ context: { key, tokens: null } })
    return stateOf(key, undefined, { limits, warnings })
  }

  /** All saved lengths by key. @throws {AlmanacError} */
  async all(): Promise<ReadonlyMap<string, number>> {
    return (await this.#file.read()).contexts
  }
}

function stateOf(
  model: string,
  saved: number | undefined,
  { limits, warnings }: { limits: ContextLimits; warnings: string[] },
): ContextState {
  return {
    model,
    current: chooseContext({ saved }, limits).tokens,
    default: chooseContext({}, limits).tokens,
    max: limits.max,
    is_override: saved !== undefined,
    warnings,
  }
}
