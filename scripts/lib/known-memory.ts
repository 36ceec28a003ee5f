import type { ModelRow } from '../../generated/types.js'
import { flashAttentionOf } from '../../src/memory/flash-choice.js'
import {
  estimateCompute,
  estimateMemory,
  memoryOfBuild,
  NO_HOST_WEIGHTS,
  normalizeLoad,
  prepareModel,
  ramBytesOf,
  type KnownCompute,
  type KnownWeights,
} from '../../src/memory/index.js'

const STEP_CELLS = 256
/** Below this many tokens the batch is smaller than llama.cpp's default. */
const FIRST_CELLS = 512

const MASK_DECIDES_CELLS = 131_072

type Architecture = ModelRow['architecture']

/** Copies of one architecture are worked out once. */
export class KnownMemory {
  readonly #compute = new Map<string, KnownCompute>()
  readonly #weights = new Map<string, KnownWeights>()

  compute({ architecture, context }: ModelRow): KnownCompute {
    const key = `${JSON.stringify(architecture)} ${context.max}`
    const known = this.#compute.get(key) ?? computeOf(architecture, context.max)
    this.#compute.set(key, known)
    return known
  }

  weights({ architecture, builds }: ModelRow): KnownWeights[] {
    const shape = JSON.stringify(architecture)
    return builds.map((build) => {
      const key = `${shape} ${build.quantization} ${build.bytes} ${build.bytes_basis}`
      const known = this.#weights.get(key) ?? weightsOf(architecture, build)
      this.#weights.set(key, known)
      return known
    })
  }
}

function weightsOf(architecture: Architecture, build: ModelRow['builds'][number]): KnownWeights {
  const memory = memoryOfBuild(architecture, build)
  const { gpu, host } = estimateMemory(memory, { context: STEP_CELLS })
  return {
    gpu_bytes: gpu.weights_bytes,
    host_bytes: host.weights_bytes,
    ram_bytes: ramBytesOf(memory),
    scaled: memory.weights.basis === 'scaled',
  }
}

/** Buffers of every context up to the longest, written as the few straight lines that they are. */
function computeOf(architecture: Architecture, longest: number): KnownCompute {
  const shape = prepareModel(architecture)
  const first = normalizeLoad(shape, { context: FIRST_CELLS })
  const flash_attention = flashAttentionOf(shape, first, 'every_block')
  const last = Math.max(0, Math.ceil((longest - FIRST_CELLS) / STEP_CELLS))
  const pointAt = (step: number) => {
    const load = { ...normalizeLoad(shape, { context: cellsAt(step) }), flash_attention }
    return estimateCompute(shape, load, NO_HOST_WEIGHTS)
  }
  return { flash_attention, max_cells: cellsAt(last), segments: segmentsOf(pointAt, last) }
}

function cellsAt(step: number): number {
  return FIRST_CELLS + step * STEP_CELLS
}

type PointAt = (step: number) => { gpu_bytes: number; host_bytes: number }

/**
 * Lines through the points. Each point is looked at up to where the mask is by far the largest tensor, since a gap
 * that it just fills makes a bump in the line; beyond, the end of a line is looked for in strides that double and
 * then by halving: ten million tokens are forty thousand points.
 */
function segmentsOf(pointAt: PointAt, last: number): number[][] {
  const segments: number[][] = []
  let start = 0
  while (start <= last) {
    const [a, b] = [pointAt(start), pointAt(start + 1)]
    const line = { gpu: b.gpu_bytes - a.gpu_bytes, host: b.host_bytes - a.host_bytes }
    segments.push([cellsAt(start), a.gpu_bytes, line.gpu, a.host_bytes, line.host])
    start = endOfLine(start, last, (step) => {
      const { gpu_bytes, host_bytes } = pointAt(step)
      const steps = step - start
      return gpu_bytes === a.gpu_bytes + steps * line.gpu && host_bytes === a.host_bytes + steps * line.host
    })
  }
  return segments
}

/** The first step after `start` that is not on its line. */
function endOfLine(start: number, last: number, isOnLine: (step: number) => boolean): number {
  let on = start + 1
  let stride = 1
  while (on + stride <= last && isOnLine(on + stride)) {
    on += stride
    if (cellsAt(on) >= MASK_DECIDES_CELLS) stride *= 2
  }
  let off = Math.min(on + stride, last + 1)
  while (off - on > 1) {
    const middle = (on + off) >> 1
    if (isOnLine(middle)) on = middle
    else off = middle
  }
  return off
}
