import type { TensorTypeName } from '../tensor-types.js'
import { cudaPadding, hostPadding } from './padding.js'

/** One tensor's share of a layout. */
export interface LayoutTensor {
  name: string
  /** Elements of a row. */
  row: number
  bytes: number
  /** Absent where we do not know the type: then without padding. */
  type?: TensorTypeName
}

/** What a block weighs, and what allocation adds. */
export interface BlockBytes {
  block: number
  /** Routed experts, contained in `block`. */
  expert: number
  largest: number
  gpu: { block: number; expert: number }
  host: { block: number; expert: number }
}

const isRouted = (name: string): boolean => name.includes('exps.')

/** Sums up the tensors of one block. */
export class BlockSum implements BlockBytes {
  block = 0
  expert = 0
  largest = 0
  readonly gpu = { block: 0, expert: 0 }
  readonly host = { block: 0, expert: 0 }

  add({ name, type, row, bytes }: LayoutTensor): void {
    const gpu = type ? cudaPadding(type, row, bytes) : 0
    const host = hostPadding(bytes)
    this.block += bytes
    this.gpu.block += gpu
    this.host.block += host
    if (bytes > this.largest) this.largest = bytes
    if (!isRouted(name)) return
    this.expert += bytes
    this.gpu.expert += gpu
    this.host.expert += host
  }

  /** A block that holds the tensors of both. */
  plus(other: BlockBytes): BlockBytes {
    const both = (a: BlockBytes['gpu'], b: BlockBytes['gpu']): BlockBytes['gpu'] => ({
      block: a.block + b.block,
      expert: a.expert + b.expert,
    })
    return {
      block: this.block + other.block,
      expert: this.expert + other.expert,
      largest: Math.max(this.largest, other.largest),
      gpu: both(this.gpu, other.gpu),
      host: both(this.host, other.host),
    }
  }
}
