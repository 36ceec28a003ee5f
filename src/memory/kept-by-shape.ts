import type { NormalizedLoad } from './load.js'
import type { ModelShape } from './model-shape.js'

/** Results that are kept for one model; a page or a recommendation asks for a few. */
const MAX_KEPT = 32

/** Results of graphs that depend on a model's shape, a load and little more: all builds of a model share them. */
export class KeptByShape<Result> {
  readonly #shapes = new WeakMap<ModelShape, Map<string, Result>>()

  /** @param extra - What the result depends on beside the load. */
  get(shape: ModelShape, load: NormalizedLoad, extra: string, make: () => Result): Result {
    const results = this.#shapes.get(shape) ?? new Map<string, Result>()
    this.#shapes.set(shape, results)
    const key = `${keyOf(load)},${extra}`
    const known = results.get(key)
    if (known !== undefined) return known
    const made = make()
    if (results.size >= MAX_KEPT) results.clear()
    results.set(key, made)
    return made
  }
}

function keyOf(load: NormalizedLoad): string {
  const { cells, window_cells, streams, parallel, tokens, output_rows } = load
  const cache = `${load.kv_type_k},${load.kv_type_v},${load.flash_attention},${load.transposed_values}`
  return `${cells},${window_cells},${streams},${parallel},${tokens},${output_rows},${cache}`
}
