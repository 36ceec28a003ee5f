import type { Ask } from '../ask.js'
import type { ProviderModel } from '../provider.js'
import { parseShow, type OllamaShow } from './parse-show.js'

/** Requests under way at once, their time limit, and how long the whole may delay the list. */
const AT_ONCE = 4
const REQUEST_S = 1
const PHASE_S = 2

/** Details by digest: weights never change under one, so nobody is asked twice. */
export class ShowCache {
  readonly #shows = new Map<string, OllamaShow>()

  get(model: ProviderModel): OllamaShow | undefined {
    return model.digest === null ? undefined : this.#shows.get(keyOf(model))
  }

  set(model: ProviderModel, show: OllamaShow): void {
    if (model.digest === null) return
    if (this.#shows.size >= 1000) this.#shows.delete(this.#shows.keys().next().value ?? '')
    this.#shows.set(keyOf(model), show)
  }
}

/** The same digest under two names can still differ in whether the name is a cloud tag. */
function keyOf(model: ProviderModel): string {
  return `${model.digest}\n${model.name}`
}

/** One model's details. @throws {HttpFailure} */
export async function fetchShow(ask: Ask, name: string, limitS = REQUEST_S): Promise<OllamaShow> {
  const json = { model: name, name }
  return parseShow(await ask.json('/api/show', { method: 'POST', json, total_s: limitS }), name)
}

/**
 * Fills in what the list leaves out, a few models at a time. Details are optional: what fails or is not there in
 * time stays unknown, and a server that lets one request hang is not asked further.
 */
export async function addDetails(
  models: readonly ProviderModel[],
  { ask, cache }: { ask: Ask; cache: ShowCache },
): Promise<void> {
  const queue = [...models]
  const end = ask.remaining_s - PHASE_S
  let gaveUp = false
  const work = async (): Promise<void> => {
    for (let model = queue.shift(); model && !gaveUp; model = queue.shift()) {
      const limit = Math.min(REQUEST_S, ask.remaining_s - Math.max(0, end))
      if (limit <= 0) return
      const started = performance.now()
      try {
        const show = cache.get(model) ?? (await fetchShow(ask, model.name, limit))
        cache.set(model, show)
        fillIn(model, show)
      } catch {
        gaveUp ||= performance.now() - started > REQUEST_S * 900
      }
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
}

/** What the list itself says of a model's kind stands. */
function fillIn(model: ProviderModel, { fields }: OllamaShow): void {
  const { kind, tools, vision } = model
  Object.assign(model, fields, kind === 'unknown' ? {} : { kind, tools, vision })
}
