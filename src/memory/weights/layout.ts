import type { Architecture } from '../../../generated/types.js'
import type { WeightLayout, WeightPadding } from '../types.js'
import { blocksOf } from './block.js'
import { type BlockBytes, BlockSum, type LayoutTensor } from './block-sum.js'
import { cudaPadding, hostPadding } from './padding.js'

/** Parts of a model outside its blocks, as llama.cpp places them. */
type OutsidePart = 'token_embd' | 'per_layer_token_embd' | 'output' | 'first_block' | 'other'

/** Tensors that llama.cpp counts as the first block's, wherever that goes. */
const WITH_FIRST_BLOCK = new Set(['per_layer_model_proj.weight', 'per_layer_proj_norm.weight'])

/**
 * Where a tensor outside the blocks belongs. Token types and positions are input like the embeddings, and a norm of
 * the embeddings goes with the first block; but lfm2 calls its output norm `token_embd_norm`.
 *
 * Source: LLM_TENSOR_INFOS in src/llama-arch.cpp, llama.cpp v0.5.0.
 */
function outsidePart(name: string, architecture: string): OutsidePart {
  if (name === 'token_embd.weight' || name === 'token_types.weight') return 'token_embd'
  // Apart from the embeddings, which a tied output layer copies.
  if (name === 'position_embd.weight') return 'per_layer_token_embd'
  if (name === 'per_layer_token_embd.weight') return 'per_layer_token_embd'
  if (name === 'output.weight') return 'output'
  if (WITH_FIRST_BLOCK.has(name)) return 'first_block'
  const isNorm = name.startsWith('token_embd_norm.') && !architecture.startsWith('lfm2')
  return isNorm ? 'first_block' : 'other'
}

const isRopeFactor = (name: string): boolean => name.startsWith('rope_f')

/** Bytes of one part and what allocation adds to them. */
interface PartSum {
  bytes: number
  gpu: number
  host: number
}

const emptyPart = (): PartSum => ({ bytes: 0, gpu: 0, host: 0 })

/** Puts a layout together from the tensors outside blocks and the sums of blocks. */
export class LayoutBuilder {
  readonly #architecture: Architecture
  readonly #parts: Record<Exclude<OutsidePart, 'first_block'>, PartSum> = {
    token_embd: emptyPart(),
    per_layer_token_embd: emptyPart(),
    output: emptyPart(),
    other: emptyPart(),
  }
  readonly #withFirst = new BlockSum()
  readonly #blocks: BlockBytes[] = []
  readonly #ropeFactors = { bytes: 0, gpu_bytes: 0 }
  #unloaded = 0

  constructor(architecture: Architecture) {
    this.#architecture = architecture
  }

  addOutside(tensor: LayoutTensor): void {
    const part = outsidePart(tensor.name, this.#architecture['general.architecture'])
    if (part === 'first_block') return this.#withFirst.add(tensor)
    const sum = this.#parts[part]
    const gpu = tensor.type ? cudaPadding(tensor.type, tensor.row, tensor.bytes) : 0
    sum.bytes += tensor.bytes
    sum.gpu += gpu
    sum.host += hostPadding(tensor.bytes)
    if (!isRopeFactor(tensor.name)) return
    this.#ropeFactors.bytes += tensor.bytes
    this.#ropeFactors.gpu_bytes += tensor.bytes + gpu
  }

  addBlock(block: BlockBytes): void {
    this.#blocks.push(this.#blocks.length === 0 ? this.#withFirst.plus(block) : block)
  }

  addUnloaded(bytes: number): void {
    this.#unloaded += bytes
  }

  #padding(kind: 'gpu' | 'host'): WeightPadding {
    const { token_embd, per_layer_token_embd, output, other } = this.#parts
    return {
      token_embd_bytes: token_embd[kind],
      per_layer_token_embd_bytes: per_layer_token_embd[kind],
      output_bytes: output[kind],
      other_bytes: other[kind],
      block_bytes: this.#blocks.map((block) => block[kind].block),
      expert_bytes: this.#blocks.map((block) => block[kind].expert),
    }
  }

  /** The first block that rotates by the factors: in gemma4 only full attention does. */
  #firstRopeBlock(): number {
    if (this.#architecture['general.architecture'] !== 'gemma4') return 0
    return Math.max(
      0,
      blocksOf(this.#architecture).findIndex(({ windowed }) => !windowed),
    )
  }

  /** To be called when all tensors outside blocks were added before the blocks. */
  build(basis: WeightLayout['basis']): WeightLayout {
    const { token_embd, per_layer_token_embd, output, other } = this.#parts
    const rope_factors = { ...this.#ropeFactors, first_block: this.#firstRopeBlock() }
    return {
      basis,
      token_embd_bytes: token_embd.bytes,
      per_layer_token_embd_bytes: per_layer_token_embd.bytes,
      output_bytes: output.bytes,
      other_bytes: other.bytes,
      block_bytes: this.#blocks.map(({ block }) => block),
      expert_bytes: this.#blocks.map(({ expert }) => expert),
      largest_tensor_bytes: this.#blocks.map(({ largest }) => largest),
      unloaded_bytes: this.#unloaded,
      padding: { gpu: this.#padding('gpu'), host: this.#padding('host') },
      ...(rope_factors.bytes > 0 ? { rope_factors } : {}),
    }
  }
}
