import { FreeList } from './free-list.js'
import type { AllocationRecording } from './recording.js'
import { GPU, HOST, UNDECIDED, hasSameLayout, type Side, type Tensor } from './tensor.js'

/** Alignment of a tensor in a CUDA buffer and in host memory (ggml-cuda.cu, ggml-backend.cpp). */
export const ALIGNMENT_GPU = 128
export const ALIGNMENT_HOST = 32

export interface ComputeBytes {
  gpu_bytes: number
  host_bytes: number
}

/**
 * Bytes of the two compute buffers for a scheduled graph: the peak of live tensors, with ggml's own
 * placement, so that gaps count too.
 *
 * @param inputs - Tensors that are allocated before all else.
 * @param nodes - In order of execution, copies and dependencies included; each has a `side`.
 * @param recording - Where to note every step.
 */
export function allocateGraph(
  inputs: readonly Tensor[],
  nodes: readonly Tensor[],
  recording?: AllocationRecording,
): ComputeBytes {
  const [gpu_bytes = 0, host_bytes = 0] = allocateOnSides(inputs, nodes, { gpus: 1, recording })
  return { gpu_bytes, host_bytes }
}

export interface AllocationOptions {
  /** Devices beside the host. */
  gpus: number
  /** Copies of everything that a device reads from elsewhere, so that batches can follow each other; default 1. */
  copies?: number | undefined
  recording?: AllocationRecording | undefined
}

/** Bytes of each side's compute buffer, by side. */
export function allocateOnSides(
  inputs: readonly Tensor[],
  nodes: readonly Tensor[],
  { gpus, copies = 1, recording }: AllocationOptions,
): number[] {
  const lists = [new FreeList(ALIGNMENT_GPU), new FreeList(ALIGNMENT_HOST)]
  for (let index = 1; index < gpus; index++) lists.push(new FreeList(ALIGNMENT_GPU))
  const allocator: Allocator = { lists, recording }
  if (copies > 1) {
    for (const input of inputs) if (!input.isLeaf) reserve(allocator, input, copies)
    for (const node of nodes) if (node.isCopy) reserve(allocator, node, copies)
  }
  for (const input of inputs) place(allocator, input, input.side === UNDECIDED ? HOST : input.side)
  for (const node of nodes) {
    if (node.root && !node.keepsOnly) node.root.views++
    for (const source of node.sources) source.children++
  }
  for (const node of nodes) {
    const side = node.side === UNDECIDED ? GPU : node.side
    for (const source of node.sources) place(allocator, source, side)
    place(allocator, node, side)
    for (const source of node.sources) release(allocator, source)
  }
  return lists.map((list) => list.peak_bytes)
}

interface Allocator {
  lists: readonly FreeList[]
  recording: AllocationRecording | undefined
}

function listOf({ lists }: Allocator, side: Side): FreeList {
  const list = lists[side]
  if (!list) throw new RangeError(`no side ${side}`)
  return list
}

function sizeOn(tensor: Tensor, side: Side): number {
  return side === HOST ? tensor.bytes : tensor.gpu_bytes
}

/** Allocates all copies of a tensor for good: each is read while the next batch is written. */
function reserve(allocator: Allocator, tensor: Tensor, copies: number): void {
  const side = tensor.side === UNDECIDED ? HOST : tensor.side
  const list = listOf(allocator, side)
  for (let copy = 0; copy < copies; copy++) list.take(sizeOn(tensor, side))
  tensor.allocated = true
  tensor.isOutput = true
  tensor.place = side
}

function place(allocator: Allocator, tensor: Tensor, side: Side): void {
  if (tensor.external || tensor.allocated || tensor.root) return
  tensor.allocated = true
  if (tensor.inplace && reuseSource(allocator, tensor, side)) return
  const list = listOf(allocator, side)
  const size = list.align(sizeOn(tensor, side))
  tensor.place = side
  tensor.offset = list.take(size)
  allocator.recording?.take(tensor, side, size)
}

/** ggml writes over a source only where that owns its memory: a view of it does not count. */
function reuseSource(allocator: Allocator, tensor: Tensor, side: Side): boolean {
  const { recording } = allocator
  for (const source of tensor.sources) {
    if (source.root || source.external || !source.allocated || source.isOutput) continue
    if (source.children !== 1 || source.views !== 0 || !hasSameLayout(tensor, source)) continue
    tensor.place = source.place
    tensor.offset = source.offset
    source.allocated = false
    recording?.reuse(tensor, source)
    const list = listOf(allocator, source.place)
    const whole = list.align(sizeOn(source, source.place))
    const used = list.align(sizeOn(tensor, side))
    if (whole > used) {
      list.give(source.offset + used, whole - used)
      recording?.give(tensor, { start_bytes: used, size_bytes: whole - used })
    }
    return true
  }
  return false
}

function release(allocator: Allocator, source: Tensor): void {
  source.children--
  if (source.children !== 0 || source.views !== 0) return
  let owner = source
  if (source.root) {
    owner = source.root
    owner.views--
    if (owner.views !== 0 || owner.children !== 0) return
  }
  if (!owner.allocated || owner.isOutput || owner.external) return
  const list = listOf(allocator, owner.place)
  const size = list.align(sizeOn(owner, owner.place))
  list.give(owner.offset, size)
  allocator.recording?.give(owner, { start_bytes: 0, size_bytes: size })
  owner.allocated = false
}
