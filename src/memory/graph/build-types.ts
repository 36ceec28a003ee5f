import type { Side } from './tensor.js'

export type Shape = readonly [number, number, number]

/** Bytes of a weight that lives on the host: `name` is the tensor's without `blk.N.`. */
export type HostWeightBytes = (block: number, name: string, elements: number) => number

export interface Placement {
  /** Every weight, the output's too, is on the GPU. */
  everythingOnGpu: boolean
  /** There is no GPU. */
  hostOnly?: boolean
  /** Side of a block's weights and cache. */
  sideOfBlock: (block: number) => Side
  /** Side of the output layer and its norm. */
  sideOfOutput: Side
  /** The block's routed experts are kept on the host. */
  expertsOnHost: (block: number) => boolean
  hostWeightBytes: HostWeightBytes
  /** Norms stay with their block: batches under 32 tokens, or everything on the GPU. */
  pinsNorms: boolean
  /** The model has a tensor of rotation factors that every rotating block reads. */
  ropeFactors: boolean
}

export interface OpOptions {
  inplace?: boolean
  elementBytes?: number
  gpuCannot?: boolean
  side?: Side
}

export interface WeightUse {
  name: string
  elements: number
  /** Rows of the batch, by which the backend decides whether copying the weight pays. */
  batch: number
  inplace?: boolean
  /** Elements of a row of a matrix, which is the first source of its product. */
  row?: number
}
