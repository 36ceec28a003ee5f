/** Where a tensor lives or an operation runs: on the GPU, on the host, or not decided yet. */
export const GPU = 0
export const HOST = 1
export const UNDECIDED = -1
/** The GPU, the host, or a further GPU: 2, 3 and so on. */
export type Side = number
export type MaybeSide = Side | typeof UNDECIDED

/** The side of a GPU by its number; the first is `GPU`. */
export const gpuSide = (index: number): Side => (index === 0 ? GPU : HOST + index)

/**
 * One tensor of llama.cpp's compute graph with what its allocator looks at: size, sources, views and
 * lifetime. A weight or a cache is `external`: it has a buffer of its own and is only copied.
 *
 * Every field is set in the constructor, so that all tensors share one hidden class: a graph is built
 * and walked for each estimate.
 */
export class Tensor {
  readonly sources: Tensor[]
  /** The tensor whose memory this one shows; `null` where it has its own. */
  readonly root: Tensor | null
  /** Elements of each dimension; the same shape is a condition for reusing a source's memory. */
  readonly shape: readonly [number, number, number]
  readonly bytes: number
  /** What the GPU reserves; flash attention and quantized rows take more than `bytes` there. */
  gpu_bytes: number
  /** What the gaps add to a copy of a view whose rows lie apart: ggml copies from its first byte to its last. */
  gap_bytes = 0
  /** Whether the operation may write over a source that nothing else needs. */
  readonly inplace: boolean
  /** A reshape, view or permutation: computes nothing, and the scheduler skips it. */
  isView = false
  /** Rows lie apart in memory, so that nothing can be written over it. */
  strided = false
  isInput = false
  /** Neither computed nor given from outside. */
  isLeaf = false
  /** Already in the graph. */
  isBuilt = false
  isOutput = false
  /** Made by the scheduler, of a tensor on another side. */
  isCopy = false
  external = false
  /** A dependency node: keeps its sources alive up to its place and is itself nothing. */
  keepsOnly = false
  /** Some operations have no kernel on the GPU. */
  gpuCannot = false
  /** Weight on the host that this operation reads: it starts a part of the graph of its own. */
  hostWeight = false
  side: MaybeSide = UNDECIDED
  children = 0
  views = 0
  allocated = false
  offset = 0
  place: Side = GPU
  /** Copies that the scheduler made on other sides, by side. */
  copies: Tensor[] | null = null

  constructor(
    sources: Tensor[],
    shape: readonly [number, number, number],
    layout: { bytes: number; root?: Tensor | null; inplace?: boolean },
  ) {
    this.sources = sources
    this.shape = shape
    this.bytes = layout.bytes
    this.gpu_bytes = layout.bytes
    this.root = layout.root ?? null
    this.inplace = layout.inplace ?? false
  }
}

/** Whether `node` may be written where `source` lies: ggml asks for the same type, shape and strides. */
export function hasSameLayout(node: Tensor, source: Tensor): boolean {
  return (
    node.bytes === source.bytes &&
    !source.strided &&
    node.shape[0] === source.shape[0] &&
    node.shape[1] === source.shape[1] &&
    node.shape[2] === source.shape[2]
  )
}

/** Between the parts of a view that takes some elements of every row of `source`: all gaps but the last. */
export function gapBytes(source: Tensor, elements: number): number {
  const [width, columns, depth] = source.shape
  const whole = width * columns * depth
  if (elements === whole || elements === 0) return source.gap_bytes
  const rows = columns * depth
  return ((rows - 1) / rows) * (source.bytes - (source.bytes * elements) / whole)
}
