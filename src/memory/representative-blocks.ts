import { traitsOf } from './graph/traits-by-architecture.js'
import type { NormalizedLoad } from './load.js'
import type { ModelShape } from './model-shape.js'

/**
 * Blocks that decide the peak. Buffers repeat from block to block, so a block is left out when the same
 * kind has followed the same kind before; the last one is always built, and so are the two where the host's
 * blocks end. Blocks on the host differ by their weights too, which are copied over.
 */
export function representativeBlocks(
  shape: ModelShape,
  load: NormalizedLoad,
  blockBytes: readonly number[] | null,
): readonly number[] {
  if (!isAllOnGpu(load)) {
    return blockBytes ? chooseBlocks(shape, load, blockBytes) : shape.blocks.map((_, index) => index)
  }
  return wholeBlocks(shape)
}

/** Blocks that decide the peak where all are on one device. */
export function wholeBlocks(shape: ModelShape): readonly number[] {
  const known = representatives.get(shape)
  if (known) return known
  const chosen = chooseBlocks(shape, { first_gpu_block: 0, cpu_moe_layers: 0 }, [])
  representatives.set(shape, chosen)
  return chosen
}

const representatives = new WeakMap<ModelShape, readonly number[]>()

/** Whether no weight is left on the host but the embeddings, which always are there. */
export function isAllOnGpu(load: NormalizedLoad): boolean {
  return load.first_gpu_block === 0 && load.output_on_gpu && load.cpu_moe_layers === 0
}

type Borders = Pick<NormalizedLoad, 'first_gpu_block' | 'cpu_moe_layers'>

/** Whether each block counts for itself: sparse attention holds a tensor of every block from the start. */
function needsEveryBlock(shape: ModelShape): boolean {
  return traitsOf(shape.name)?.indexed ?? false
}

function chooseBlocks(shape: ModelShape, borders: Borders, blockBytes: readonly number[]): number[] {
  if (needsEveryBlock(shape)) return shape.blocks.map((_, index) => index)
  const kinds = kindsOf(shape)
  const { first_gpu_block: border, cpu_moe_layers: moeBorder } = borders
  const repeats = border === 0 && moeBorder === 0 ? REPEATS : REPEATS_ACROSS
  const chosen: number[] = []
  const seen = new Map<string, number>()
  let before = ''
  for (let index = 0; index < shape.blocks.length; index++) {
    const onHost = index < border || index < moeBorder
    const place = (index < border ? 2 : 0) + (index < moeBorder ? 1 : 0)
    const kind = `${kinds[index]},${place},${onHost ? (blockBytes[index] ?? 0) : 0}`
    const step = `${before}>${kind}`
    const times = seen.get(step) ?? 0
    seen.set(step, times + 1)
    before = kind
    const atBorder = [border, moeBorder].some((end) => end > 0 && (index === end || index === end - 1))
    if (times < repeats || atBorder || index === shape.blocks.length - 1) chosen.push(index)
  }
  return chosen
}

/** The same for blocks that are shared out over GPUs: of each device the first and last two and some of each kind. */
export function blocksAcrossDevices(shape: ModelShape, deviceOfLayer: readonly number[]): number[] {
  const kinds = kindsOf(shape)
  const seen = new Map<string, number>()
  const isNearBorder = (index: number) => {
    const near = [index - 2, index - 1, index + 1, index + 2].map((other) => deviceOfLayer[other])
    return near.some((device) => device !== deviceOfLayer[index])
  }
  return shape.blocks.flatMap((_, index) => {
    const step = `${deviceOfLayer[index]},${kinds[index - 1]}>${kinds[index]}`
    const times = seen.get(step) ?? 0
    seen.set(step, times + 1)
    return times < REPEATS || isNearBorder(index) || needsEveryBlock(shape) ? [index] : []
  })
}

const REPEATS = 2
/** With blocks on the host more of them meet: copies, norms and caches on either side. */
const REPEATS_ACROSS = 5

const kindsByShape = new WeakMap<ModelShape, readonly number[]>()

/** Number of each block's kind. */
function kindsOf(shape: ModelShape): readonly number[] {
  const known = kindsByShape.get(shape)
  if (known) return known
  const numbers = new Map(shape.kinds.map(({ block }, kind) => [block, kind]))
  const kinds = shape.blocks.map((block) => numbers.get(block) ?? -1)
  kindsByShape.set(shape, kinds)
  return kinds
}
