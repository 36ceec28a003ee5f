import type { NormalizedLoad } from '../load.js'
import type { BlockShape, ModelShape } from '../model-shape.js'
import { allocateGraph, allocateOnSides, type ComputeBytes } from './allocate.js'
import type { Placement } from './build-types.js'
import { GraphBuilder } from './builder.js'
import { GraphContext } from './context.js'
import { deltaNet } from './delta-net.js'
import { buildEncoder } from './encoder.js'
import { gemma3nBlock, gemma3nMerge, gemma3nStreams } from './gemma3n.js'
import { gemma4Block } from './gemma4.js'
import { latentAttention } from './latent-attention.js'
import { blockFeedForward, selfAttention } from './layers.js'
import { mamba2 } from './mamba2.js'
import { perLayerInput, type PerLayerInput } from './per-layer-input.js'
import type { AllocationRecording } from './recording.js'
import { shortConvolution } from './short-convolution.js'
import { decideSides, scheduleGraph } from './schedule.js'
import { HOST, type Tensor } from './tensor.js'
import type { Traits } from './traits.js'

export interface GraphModel {
  shape: ModelShape
  traits: Traits
  /** Which blocks to build, in order. */
  blocks: readonly number[]
}

export interface GraphUse {
  load: NormalizedLoad
  placement: Placement
}

/** Sizes of the compute buffers of one model under one load; `recording` notes the allocator's steps. */
export function simulateGraph(
  model: GraphModel,
  use: GraphUse,
  recording?: AllocationRecording,
): ComputeBytes {
  const g = new GraphBuilder(use.placement)
  buildGraph(g, model, use)
  const { nodes, keep } = g.finish()
  return allocateGraph(g.inputs, scheduleGraph(nodes, keep), recording)
}

/** So many batches of a graph that is split over devices may be under way (GGML_SCHED_MAX_COPIES). */
const PIPELINE_COPIES = 4

/** Bytes of each GPU's compute buffer and of the host's, where blocks are shared out over several GPUs. */
export function simulateSplitGraph(
  model: GraphModel,
  use: GraphUse,
  gpus: number,
): { gpu_bytes: number[]; host_bytes: number } {
  const g = new GraphBuilder(use.placement)
  buildGraph(g, model, use)
  const { nodes, keep } = g.finish()
  const scheduled = scheduleGraph(nodes, keep)
  const bytes = allocateOnSides(g.inputs, scheduled, { gpus, copies: PIPELINE_COPIES })
  return { gpu_bytes: bytes.filter((_, side) => side !== HOST), host_bytes: bytes[HOST] ?? 0 }
}

/** Whether every flash-attention node lands on its block's side. */
export function flashStaysWithBlocks(model: GraphModel, use: GraphUse): boolean {
  const g = new GraphBuilder(use.placement)
  buildGraph(g, model, use)
  decideSides(g.finish().nodes)
  return g.flashNodes.every(({ node, side }) => node.side === side)
}

export function buildGraph(g: GraphBuilder, model: GraphModel, use: GraphUse): void {
  const context = new GraphContext(g, model.shape, model.traits, use.load)
  if (model.traits.special === 'encoder') return buildEncoder(context, blocksOf(model))
  let x = embed(context)
  const makePerLayer = perLayerInput(context)
  x = scaleLate(context, x)
  const perLayer = makePerLayer ? makePerLayer(x) : null
  if (model.traits.special === 'gemma3n') {
    g.weightSide = use.placement.sideOfOutput
    x = gemma3nStreams(context, x)
  }
  const last = model.blocks[model.blocks.length - 1]
  for (const { index, block } of blocksOf(model)) {
    g.enterBlock(index)
    x = buildBlock(context, x, { block, last: index === last, perLayer })
    if (context.features && index < model.traits.deepstack) {
      const part = g.view(context.features, [x.shape[0], x.shape[1], 1], true)
      x = g.inplace([x, part])
    }
  }
  finish(context, x, use.placement)
}

function blocksOf({ shape, blocks }: GraphModel): { index: number; block: BlockShape }[] {
  return blocks.flatMap((index) => {
    const block = shape.blocks[index]
    return block ? [{ index, block }] : []
  })
}

function embed(context: GraphContext): Tensor {
  const { g, shape, load, traits } = context
  const width = shape.embedding_length
  const wide = width * (1 + traits.deepstack)
  const ids = context.inputs.tokens(wide)
  let x = g.op([ids], [width, load.tokens, 1], { side: HOST })
  if (traits.deepstack > 0) {
    context.features = g.op([x], [wide, load.tokens, 1])
    x = g.view(context.features, [width, load.tokens, 1], true)
  }
  if (traits.embedding_scale === 'early') x = g.inplace([x])
  g.expand(x)
  if (!traits.position_vectors) return x
  const places = g.op([context.inputs.positions(1)], x.shape, { side: HOST })
  return g.inplace([x, places])
}

function scaleLate(context: GraphContext, x: Tensor): Tensor {
  return context.traits.embedding_scale === 'late' ? context.g.inplace([x]) : x
}

interface Step {
  block: BlockShape
  last: boolean
  perLayer: PerLayerInput | null
}

function buildBlock(context: GraphContext, x: Tensor, step: Step): Tensor {
  const { g, traits } = context
  const { block } = step
  if (traits.special === 'gemma4') return gemma4Block(context, x, step)
  if (traits.special === 'gemma3n') return gemma3nBlock(context, x, step)
  const kept = step.last && traits.late_rows === 'no'
  const normed = traits.pre_norm ? g.norm(x, 'attn_norm', traits.norm) : x
  if (traits.single) return singleLayer(context, { x, normed, block, kept })
  let mixed = mix(context, normed, block)
  let residual = x
  let feedInput = normed
  if (kept) {
    mixed = keepRows(context, mixed)
    residual = keepRows(context, residual)
    if (traits.parallel === 'shared') feedInput = keepRows(context, feedInput)
  }
  if (traits.parallel !== 'none') {
    if (traits.parallel === 'own') feedInput = g.norm(residual, 'ffn_norm', traits.norm)
    const fed = blockFeedForward(context, feedInput, block)
    return g.inplace([g.inplace([fed, residual]), mixed])
  }
  if (traits.post_norm) mixed = g.norm(mixed, 'post_attention_norm', traits.norm)
  if (traits.residual_scale) mixed = g.inplace([mixed])
  const middle = g.inplace(traits.residual_first === 'both' ? [residual, mixed] : [mixed, residual])
  const input = traits.pre_norm ? g.norm(middle, 'ffn_norm', traits.norm) : middle
  let fed = blockFeedForward(context, input, block)
  if (traits.post_norm) fed = g.norm(fed, 'post_ffw_norm', traits.norm)
  if (traits.residual_scale) fed = g.inplace([fed])
  return g.inplace(traits.residual_first !== 'no' ? [middle, fed] : [fed, middle])
}

/** nemotron_h and mamba2: attention, a recurrent layer or a feed-forward layer, and nothing else. */
function singleLayer(context: GraphContext, step: SingleStep): Tensor {
  const { x, normed, block, kept } = step
  const out = block.mixer === 'none' ? blockFeedForward(context, normed, block) : mix(context, normed, block)
  const sources = kept ? [keepRows(context, out), keepRows(context, x)] : [out, x]
  return context.g.inplace(sources)
}

interface SingleStep {
  x: Tensor
  normed: Tensor
  block: BlockShape
  kept: boolean
}

function mix(context: GraphContext, x: Tensor, block: BlockShape): Tensor {
  if (block.mixer === 'recurrent') return recurrent(context, x)
  if (context.traits.attention === 'latent') return latentAttention(context, x, block)
  return selfAttention(context, x, block)
}

function recurrent(context: GraphContext, x: Tensor): Tensor {
  switch (context.traits.recurrent) {
    case 'delta_net':
      return deltaNet(context, x)
    case 'short_convolution':
      return shortConvolution(context, x)
    default:
      return mamba2(context, x)
  }
}

/** Rows whose logits nobody asked for are dropped before the last feed-forward layer. */
function keepRows(context: GraphContext, x: Tensor): Tensor {
  const rows = context.load.output_rows
  return context.g.op([x, context.inputs.outputRows()], [x.shape[0], rows, 1])
}

function finish(context: GraphContext, x: Tensor, placement: Placement): void {
  const { g, traits, shape } = context
  g.block = -1
  g.weightSide = placement.sideOfOutput
  let rows = traits.special === 'gemma3n' ? keepRows(context, gemma3nMerge(context, x)) : x
  if (traits.late_rows === 'normed') {
    rows = keepRows(context, g.output(g.norm(x, 'output_norm', traits.norm)))
  } else {
    if (traits.late_rows === 'raw') rows = keepRows(context, g.output(x))
    rows = g.norm(rows, 'output_norm', traits.norm)
  }
  const normed = g.output(rows)
  let logits = g.project(normed, shape.vocab_size, 'output.weight')
  const extra = traits.logits === 'plain' ? 0 : traits.logits === 'scaled' ? 1 : 3
  for (let i = 0; i < extra; i++) logits = g.inplace([logits])
  g.expand(g.output(logits))
}
