import type { OpOptions, Placement, Shape, WeightUse } from './build-types.js'
import { gapBytes, GPU, HOST, UNDECIDED, Tensor, type Side } from './tensor.js'

/** Batches from this many tokens on run on the GPU even where the weight is on the host (ggml-cuda.cu). */
const OFFLOAD_MIN_TOKENS = 32

const F32 = 4

/** CUDA pads quantized rows to a multiple of so many elements. */
const ROW_STEP = 512

/**
 * Builds llama.cpp's graph with what the allocator needs. As in ggml, an operation enters the graph when
 * `expand` reaches it, after all that it depends on: the order decides which tensors live together.
 */
export class GraphBuilder {
  readonly nodes: Tensor[] = []
  readonly inputs: Tensor[] = []
  /** Flash-attention nodes with the side of their block: llama.cpp turns it off where they differ. */
  readonly flashNodes: { node: Tensor; side: Side }[] = []
  readonly keep = new Map<Tensor, Tensor[]>()
  /** Block that is being built; weights are named within it. */
  block = 0
  /** Side of the weights that the next operations read. */
  weightSide: Side = GPU
  readonly #placement: Placement
  readonly #fused: { first: number; count: number }[] = []
  readonly #default: Side | typeof UNDECIDED
  readonly #hostWeights = new Map<string, Tensor>()
  /** The weights being read are routed experts, which may stay on the host alone. */
  #expertWeights = false

  constructor(placement: Placement) {
    this.#placement = placement
    this.#default = placement.hostOnly ? HOST : placement.everythingOnGpu ? GPU : UNDECIDED
  }

  /** Adds a tensor and whatever it depends on, sources from left to right. */
  expand(tensor: Tensor): Tensor {
    if (tensor.isBuilt || tensor.isInput || tensor.external) return tensor
    tensor.isBuilt = true
    for (const source of tensor.sources) this.expand(source)
    this.nodes.push(tensor)
    return tensor
  }

  enterBlock(block: number): void {
    this.block = block
    this.weightSide = this.#placement.sideOfBlock(block)
  }

  sideOfBlock(block: number): Side {
    return this.#placement.sideOfBlock(block)
  }

  input(shape: Shape, elementBytes: number): Tensor {
    const tensor = new Tensor([], shape, { bytes: shape[0] * shape[1] * shape[2] * elementBytes })
    tensor.isInput = true
    tensor.side = HOST
    this.inputs.push(tensor)
    return tensor
  }

  /** A tensor that an operation fills: allocated before all else, where that operation runs. */
  leaf(shape: Shape): Tensor {
    const tensor = this.input(shape, F32)
    tensor.isLeaf = true
    tensor.side = this.#default
    return tensor
  }

  /** A cache or another tensor with a buffer of its own. */
  external(shape: Shape, bytes: number, side: Side): Tensor {
    const tensor = new Tensor([], shape, { bytes })
    tensor.external = true
    tensor.side = side
    return tensor
  }

  /** An operation without weights; its result is F32 unless told. */
  op(sources: Tensor[], shape: Shape, options: OpOptions = {}): Tensor {
    const bytes = shape[0] * shape[1] * shape[2] * (options.elementBytes ?? F32)
    const node = new Tensor(sources, shape, { bytes, inplace: options.inplace ?? false })
    if (options.gpuCannot && !this.#placement.hostOnly) node.gpuCannot = true
    else node.side = this.#default
    if (options.side !== undefined) node.side = options.side
    return node
  }

  /** Writes rows into a cache: runs where the cache is and allocates nothing. */
  storeInto(cache: Tensor, sources: Tensor[]): Tensor {
    const node = new Tensor([...sources, cache], cache.shape, { bytes: cache.bytes, root: cache })
    node.side = cache.side
    return node
  }

  /** An operation that may write over a source of the same layout. */
  inplace(sources: Tensor[], shape?: Shape): Tensor {
    return this.op(sources, shape ?? sources[0]?.shape ?? [1, 1, 1], { inplace: true })
  }

  /**
   * An operation that reads a weight: it runs where the weight is, or on the GPU where the batch is
   * large enough to copy the weight over.
   */
  weighted(sources: Tensor[], shape: Shape, weight: WeightUse): Tensor {
    const node = this.op(sources, shape, { inplace: weight.inplace ?? false })
    const stays = this.#expertWeights && this.#placement.expertsOnHost(this.block)
    if (this.#placement.hostOnly || (this.weightSide !== HOST && !stays)) {
      node.side = this.weightSide
      return node
    }
    const copied = this.#hostWeight(weight)
    if (weight.row === undefined) node.sources.push(copied)
    else node.sources.unshift(copied)
    node.hostWeight = true
    node.side = this.sideForBatch(weight.batch)
    return node
  }

  /** Where an operation on a weight of the host runs. */
  sideForBatch(rows: number): Side {
    return rows >= OFFLOAD_MIN_TOKENS && !this.#placement.hostOnly ? GPU : HOST
  }

  /** An operation whose weight is one of the routed experts', their biases too: `--n-cpu-moe` moves both. */
  ofExperts(make: () => Tensor): Tensor {
    this.#expertWeights = true
    const made = make()
    this.#expertWeights = false
    return made
  }

  /** Matrix product with a weight of `columns` inputs (the width of `x` unless given). */
  project(x: Tensor, rows: number, name: string): Tensor {
    const shape: Shape = [rows, x.shape[1], x.shape[2]]
    const row = x.shape[0]
    return this.weighted([x], shape, { name, elements: rows * row, batch: x.shape[1], row })
  }

  /** Multiplication by or addition of a weight vector. */
  withVector(x: Tensor, name: string): Tensor {
    const [a, b, c] = x.shape
    return this.weighted([x], x.shape, { name, elements: a, batch: b * c, inplace: true })
  }

  /** Rotation by position. Its factors are a weight too small to decide where it runs, but one that is copied. */
  rotate(x: Tensor, positions: Tensor, factors = true): Tensor {
    const node = this.inplace([x, positions])
    if (factors && this.#placement.ropeFactors && this.#copiesWeights()) {
      const weight = { name: 'rope_freqs.weight', elements: x.shape[0], batch: 1 }
      node.sources.push(this.#hostWeight(weight, -1))
      node.hostWeight = true
    }
    return node
  }

  /** Adds a small weight to an operation that it does not place: it is only copied where that runs. */
  alsoReads(node: Tensor, name: string, elements: number): Tensor {
    if (!this.#copiesWeights()) return node
    node.sources.push(this.#hostWeight({ name, elements, batch: 1 }))
    node.hostWeight = true
    return node
  }

  /** Root-mean-square or layer norm with its weight; `bias` adds a third operation. */
  norm(x: Tensor, name: string, kind: 'rms' | 'layer' | 'layer_bias' = 'rms'): Tensor {
    const normed = this.op([x], x.shape, { inplace: kind === 'rms' })
    if (this.#placement.pinsNorms && this.block >= 0) normed.side = this.weightSide
    const scaled = this.withVector(normed, `${name}.weight`)
    return kind === 'layer_bias' ? this.withVector(scaled, `${name}.bias`) : scaled
  }

  /** A view, reshape or permutation. */
  view(source: Tensor, shape: Shape, strided = false): Tensor {
    const elements = shape[0] * shape[1] * shape[2]
    const whole = source.shape[0] * source.shape[1] * source.shape[2]
    const bytes = whole > 0 ? (source.bytes * elements) / whole : 0
    const node = new Tensor([source], shape, { bytes, root: source.root ?? source })
    node.isView = true
    node.strided = strided || source.strided
    if (node.strided) node.gap_bytes = gapBytes(source, elements)
    return node
  }

  /** A cache as attention reads it; a copy of it on the other side takes as much as the whole. */
  cacheView(cache: Tensor, shape: Shape): Tensor {
    const node = new Tensor([cache], shape, { bytes: cache.bytes, root: cache })
    node.isView = true
    node.strided = true
    return node
  }

  output(tensor: Tensor): Tensor {
    tensor.isOutput = true
    return tensor
  }

  /** Keeps tensors alive up to and including `until`, as a fused kernel needs them. */
  keepUntil(until: Tensor, kept: readonly Tensor[]): void {
    const list = this.keep.get(until) ?? []
    for (const tensor of kept) if (!list.includes(tensor)) list.push(tensor)
    this.keep.set(until, list)
  }

  /** Keeps the tensors of `count` nodes from `first` on, and their sources, until the node after them. */
  fuse(first: Tensor, count: number): void {
    this.#fused.push({ first: this.nodes.indexOf(first), count })
  }

  /** The nodes and what must be kept, once the whole graph is built. */
  finish(): { nodes: Tensor[]; keep: Map<Tensor, Tensor[]> } {
    // Only CUDA's kernels are fused.
    if (this.#placement.hostOnly) return { nodes: this.nodes, keep: new Map() }
    for (const { first, count } of this.#fused) {
      const until = this.nodes[first + count]
      if (!until) continue
      for (const node of this.nodes.slice(first, first + count)) {
        this.keepUntil(until, [node])
        this.keepUntil(
          until,
          node.sources.filter((source) => !source.external),
        )
      }
    }
    return { nodes: this.nodes, keep: this.keep }
  }

  /** Weights on the host may have to be copied to where they are read. */
  #copiesWeights(): boolean {
    return this.weightSide === HOST && !this.#placement.hostOnly
  }

  #hostWeight(weight: WeightUse, block = this.block): Tensor {
    const key = `${block}.${weight.name}`
    const known = this.#hostWeights.get(key)
    if (known) return known
    const bytes = this.#placement.hostWeightBytes(block, weight.name, weight.elements)
    const tensor = this.external([weight.elements, 1, 1], bytes, HOST)
    const over = (weight.row ?? 0) % ROW_STEP
    const isQuantized = bytes < 2 * weight.elements
    if (over > 0 && isQuantized) tensor.gpu_bytes += (bytes / weight.elements) * (ROW_STEP - over)
    this.#hostWeights.set(key, tensor)
    return tensor
  }
}
