import type { Architecture } from '../../generated/types.js'
import type { BuildSize } from './build-memory.js'
import type { ComputeBytes } from './graph/allocate.js'
import type { NormalizedLoad } from './load.js'

/** Compute buffers with everything on the GPU, an F16 cache, one slot and llama.cpp's default batches. */
export interface KnownCompute {
  /** What flash attention turns out to be when nobody asks for anything else. */
  flash_attention: boolean
  /** The longest context covered, in cells. */
  max_cells: number
  /** From so many cells on: bytes on the GPU and more with every 256 cells, then the same on the host. */
  segments: readonly (readonly number[])[]
}

/** Tensor bytes of one build. */
export interface KnownWeights {
  /** Whole on the GPU: there, and what stays on the host. */
  gpu_bytes: number
  host_bytes: number
  /** Without a GPU: all of it. */
  ram_bytes: number
  /** Shared out over the file's size rather than known tensor by tensor. */
  scaled: boolean
}

const computeOf = new WeakMap<Architecture, KnownCompute>()
const weightsOf = new WeakMap<BuildSize, KnownWeights>()

/** Cells and batch of the loads that `KnownCompute` covers; shorter contexts have smaller batches. */
const STEP_CELLS = 256
const TOKENS = 512

/**
 * Tells the estimator what generation worked out of a catalog model with the estimator itself, so that the first
 * forecast of a process need not: the same bytes, sooner.
 */
export function rememberCompute(architecture: Architecture, known: KnownCompute): void {
  computeOf.set(architecture, known)
}

export function rememberWeights(build: BuildSize, known: KnownWeights): void {
  weightsOf.set(build, known)
}

export function knownWeights(build: BuildSize): KnownWeights | undefined {
  return weightsOf.get(build)
}

/** Buffers of a load with everything on the GPU, where they are known. */
export function knownCompute(architecture: Architecture, load: NormalizedLoad): ComputeBytes | null {
  const known = computeOf.get(architecture)
  if (!known || !isCovered(known, load)) return null
  const segment = known.segments.findLast(([from = 0]) => from <= load.cells)
  if (!segment) return null
  const [from = 0, gpu = 0, gpuStep = 0, host = 0, hostStep = 0] = segment
  const steps = (load.cells - from) / STEP_CELLS
  return { gpu_bytes: gpu + steps * gpuStep, host_bytes: host + steps * hostStep }
}

function isCovered(known: KnownCompute, load: NormalizedLoad): boolean {
  return (
    load.parallel === 1 &&
    load.tokens === TOKENS &&
    load.output_rows === 1 &&
    load.kv_type_k === 'f16' &&
    load.kv_type_v === 'f16' &&
    !load.transposed_values &&
    load.flash_attention === known.flash_attention &&
    load.cells <= known.max_cells
  )
}
