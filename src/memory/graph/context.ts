import { cellsOf, rowPaddingBytes } from '../cache.js'
import { kvRowBytes } from '../kv-types.js'
import type { NormalizedLoad } from '../load.js'
import type { BlockShape, ModelShape } from '../model-shape.js'
import type { GraphBuilder } from './builder.js'
import { latentValueLength } from './flash-attention.js'
import { GraphInputs } from './inputs.js'
import type { Tensor } from './tensor.js'
import type { Traits } from './traits.js'

/** Everything that the builders of a graph's parts share. */
export class GraphContext {
  readonly inputs: GraphInputs
  readonly g: GraphBuilder
  readonly shape: ModelShape
  readonly traits: Traits
  readonly load: NormalizedLoad
  /** Flash attention is really on. */
  readonly flash: boolean
  /** The embedding with room for image features, where blocks add them. */
  features: Tensor | null = null
  readonly #caches = new Map<number, { key: Tensor; value: Tensor }>()

  constructor(g: GraphBuilder, shape: ModelShape, traits: Traits, load: NormalizedLoad) {
    this.g = g
    this.shape = shape
    this.traits = traits
    this.load = load
    this.flash = load.flash_attention
    this.inputs = new GraphInputs(g, shape, load)
  }

  /** The current block's cache of keys or values. */
  cacheOf(block: BlockShape, part: 'key' | 'value'): Tensor {
    return this.#cachesOf(block)[part]
  }

  /** The same as attention reads it; `latent` are the compressed keys read as values. */
  cacheView(block: BlockShape, part: 'key' | 'value' | 'latent'): Tensor {
    const caches = this.#cachesOf(block)
    const cells = cellsOf(block, this.load)
    const heads = block.head_count_kv
    const lengths = {
      key: block.key_length,
      value: block.value_length,
      latent: latentValueLength(this.shape),
    }
    const cache = part === 'value' ? caches.value : caches.key
    const type = part === 'value' ? this.load.kv_type_v : this.load.kv_type_k
    const view = this.g.cacheView(cache, [lengths[part], cells, heads])
    view.gpu_bytes += rowPaddingBytes(type, lengths[part])
    return view
  }

  #cachesOf(block: BlockShape): { key: Tensor; value: Tensor } {
    const owner = this.#ownerOf(block)
    const known = this.#caches.get(owner)
    if (known) return known
    const { load } = this
    const cells = cellsOf(block, load)
    const side = this.g.sideOfBlock(owner)
    const cache = (elements: number, type: NormalizedLoad['kv_type_k']) =>
      this.g.external(
        [elements, cells, load.streams],
        kvRowBytes(type, elements) * cells * load.streams,
        side,
      )
    const made = {
      key: cache(block.head_count_kv * block.key_length, load.kv_type_k),
      value: cache(block.head_count_kv * block.value_length, load.kv_type_v),
    }
    this.#caches.set(owner, made)
    return made
  }

  /** Blocks without a cache read that of the last block of their kind that has one. */
  #ownerOf(block: BlockShape): number {
    if (block.has_cache) return this.g.block
    const cached = this.shape.blocks.findIndex((other) => !other.has_cache)
    return cached - (block.windowed ? 2 : 1)
  }
}
