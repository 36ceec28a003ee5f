import type { Machine } from '../machine.js'
import { formatContext, formatGib } from '../units.js'
import { explainLeftOutGpus } from '../memory/index.js'
import type { Placement } from '../memory/index.js'
import { planCandidate } from './place.js'
import type { PlaceContext } from './place-context.js'
import type { Placed } from './place.js'
import type { Candidate, NotFitting } from './types.js'

/** Why a row stands where it does, most important first. */
export function explainPlaced(item: Placed, tie: boolean): string[] {
  const { model, build } = item
  return [
    explainQuality(item, tie),
    explainTools(model.tier, model.tools),
    explainFit(item.placement),
    `${build.quantization} at ${formatContext(item.context)} context`,
  ]
}

function explainQuality({ model }: Placed, tie: boolean): string {
  if (!model.quality) return 'quality not measured'
  const { index, standard_error, basis } = model.quality
  const ground = basis === 'measured' ? '' : ', mostly a forecast'
  return `quality ${index.toFixed(1)} ± ${standard_error.toFixed(1)}${ground}${tie ? '; a tie with the row above' : ''}`
}

function explainTools(tier: string, tools: boolean | null): string {
  if (tier !== 'experimental') return `tool calling ${tier}`
  return tools ? 'tool calling experimental' : 'no tool calling in its template'
}

function explainFit(placement: Placement): string {
  const spare = formatGib(placement.available_bytes - placement.needed_bytes)
  switch (placement.fit) {
    case 'gpu':
      return `fits whole on the GPU and leaves ${spare} free`
    case 'multi_gpu':
      return `fits across ${placement.devices.length} GPUs`
    case 'partial':
      return `partly on the GPU, ${formatGib(placement.host_bytes)} in system memory`
    case 'cpu':
      return `runs on the processor and leaves ${spare} of system memory free`
    case 'none':
      return 'does not fit'
  }
}

export function warnAboutPlaced({ placement, model, build }: Placed): string[] {
  const warnings: string[] = []
  if (placement.fit === 'partial') warnings.push('partly in system memory: slower than whole on the GPU')
  if (placement.fit === 'cpu') warnings.push('on the processor: slow')
  if (build.bytes_basis === 'shown') warnings.push('size rounded by its source')
  if (model.quality?.basis === 'mostly_prior') warnings.push('quality mostly a forecast from size and date')
  return warnings
}

/** The build of a model that comes closest to fitting, and what is missing. */
export function explainMisfit(candidates: readonly Candidate[], context: PlaceContext): NotFitting | null {
  const smallest = candidates.at(-1)
  if (!smallest) return null
  const { model, build } = smallest
  const asked = context.context ?? model.context.default
  const placement = planCandidate(smallest, { ...context, context: Math.min(asked, model.context.max) })
  const missing = placement.needed_bytes + context.headroom_bytes - placement.available_bytes
  const tooLong = asked > model.context.max
  return {
    model: model.id,
    quantization: build.quantization,
    context: asked,
    needed_bytes: placement.needed_bytes,
    available_bytes: placement.available_bytes,
    missing_bytes: tooLong ? null : missing,
    reason: tooLong
      ? `trained for ${formatContext(model.context.max)} context`
      : `its smallest build is ${formatGib(missing)} over at ${formatContext(asked)} context`,
  }
}

/** What a reader must know of the machine before believing the list. */
export function warnAboutMachine(
  machine: Machine,
  placed: readonly Placed[],
  headroomBytes: number,
): string[] {
  const warnings: string[] = []
  if (machine.gpus.length === 0) {
    warnings.push('No GPU found: these run on the processor, from system memory, and are slower.')
  }
  warnings.push(...explainLeftOutGpus(machine))
  const onGpu = placed.some(({ placement }) => placement.fit === 'gpu' || placement.fit === 'multi_gpu')
  if (!onGpu && machine.gpus.some(({ free_bytes }) => free_bytes !== null)) {
    warnings.push(
      `Too little free GPU memory for any model with ${formatGib(headroomBytes)} kept free: part or all runs on the processor.`,
    )
  }
  if (machine.ram.available_bytes === null) warnings.push('The available system memory is unknown.')
  return warnings
}
