import { widestValueRow } from '../cache.js'
import { isQuantizedKv } from '../kv-types.js'
import type { NormalizedLoad } from '../load.js'
import type { BlockShape, ModelShape } from '../model-shape.js'
import type { KvType } from '../types.js'
import type { Shape } from './build-types.js'
import type { GraphBuilder } from './builder.js'
import type { Tensor } from './tensor.js'

const I32 = 4
const I64 = 8
const F32 = 4
/** V caches are rotated by the smallest matrix; K caches by the largest power of two that divides a head. */
const ROTATION = 64

export interface Rotations {
  key: Tensor | null
  value: Tensor | null
}

const NONE: Rotations = { key: null, value: null }

/** Inputs of a graph, made when first used; each lives on the host and is copied where it is read. */
export class GraphInputs {
  readonly #g: GraphBuilder
  readonly #shape: ModelShape
  readonly #load: NormalizedLoad
  readonly #made = new Map<string, Tensor>()
  readonly #rotations: (Rotations | undefined)[] = []
  #stateRows: Tensor | null = null
  #otherStateRows: Tensor | null = null

  constructor(g: GraphBuilder, shape: ModelShape, load: NormalizedLoad) {
    this.#g = g
    this.#shape = shape
    this.#load = load
  }

  get(name: string, shape: Shape, elementBytes: number): Tensor {
    const known = this.#made.get(name)
    if (known) return known
    const made = this.#g.input(shape, elementBytes)
    this.#made.set(name, made)
    return made
  }

  /** Token numbers, and room for embeddings that may come in their place. */
  tokens(width: number): Tensor {
    this.get('embeddings', [width, this.#load.tokens, 1], F32)
    return this.get('tokens', [this.#load.tokens, 1, 1], I32)
  }

  positions(perToken: number): Tensor {
    return this.get('positions', [this.#load.tokens * perToken, 1, 1], I32)
  }

  positionScale(): Tensor {
    return this.get('position_scale', [1, 1, this.#load.tokens], F32)
  }

  outputRows(): Tensor {
    return this.get('output_rows', [this.#load.output_rows, 1, 1], I32)
  }

  keyRows(block: BlockShape): Tensor {
    return this.get(`keys.${block.windowed}`, [this.#load.tokens, 1, 1], I64)
  }

  valueRows(block: BlockShape): Tensor {
    const width = this.#load.transposed_values ? widestValueRow(this.#shape) : 1
    return this.get(`values.${block.windowed}`, [this.#load.tokens * width, 1, 1], I64)
  }

  /** Which cells each token may see: f16 with flash attention, else f32. */
  mask(block: BlockShape): Tensor {
    const load = this.#load
    const cells = block.windowed ? load.window_cells : load.cells
    const bytes = load.flash_attention ? 2 : 4
    return this.get(`mask.${block.windowed}`, [cells, load.tokens, 1], bytes)
  }

  /** Slots whose recurrent state is read. */
  stateRows(): Tensor {
    const all = this.get('states', [this.#load.parallel, 1, 1], I32)
    this.#stateRows ??= this.#g.view(all, all.shape)
    return this.#stateRows
  }

  /** Slots whose state is only carried over: none. */
  otherStateRows(): Tensor {
    const all = this.get('states', [this.#load.parallel, 1, 1], I32)
    this.#otherStateRows ??= this.#g.view(all, [0, 1, 1])
    return this.#otherStateRows
  }

  rotations(block: BlockShape): Rotations {
    const known = this.#rotations[Number(block.windowed)]
    if (known) return known
    const made = this.#makeRotations(block)
    this.#rotations[Number(block.windowed)] = made
    return made
  }

  #makeRotations(block: BlockShape): Rotations {
    if (!isQuantizedKv(this.#load.kv_type_k) && !isQuantizedKv(this.#load.kv_type_v)) return NONE
    const same = this.#shape.blocks.filter((b) => b.has_cache && b.windowed === block.windowed)
    const first = this.#shape.blocks[0] ?? block
    const isRotated = (type: KvType, length: (b: BlockShape) => number) =>
      isQuantizedKv(type) && length(first) % ROTATION === 0 && same.every((b) => length(b) === length(block))
    const make = (part: string, size: number) => this.get(`${part}.${block.windowed}`, [size, size, 1], F32)
    return {
      key: isRotated(this.#load.kv_type_k, (b) => b.key_length)
        ? make('key_rotation', rotationSize(block.key_length))
        : null,
      value: isRotated(this.#load.kv_type_v, (b) => b.value_length) ? make('value_rotation', ROTATION) : null,
    }
  }
}

function rotationSize(length: number): number {
  let size = ROTATION
  while (length % (size * 2) === 0) size *= 2
  return size
}
