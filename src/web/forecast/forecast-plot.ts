import { findBuild, getModel } from '../../catalog/index.js'
import type { BuildRow, ModelRow } from '../../catalog/index.js'
import type { Machine } from '../../machine.js'
import {
  devicesOf,
  estimateMemory,
  longestContext,
  memoryOfBuild,
  planPlacement,
  planSharedPlacement,
  runtimeOverhead,
} from '../../memory/index.js'
import type { Fit, MemoryEstimate } from '../../memory/index.js'
import { listStops } from '../state/context-stops.js'
import type { KvChoice } from '../state/what-if.js'
import { forecastHost } from './forecast-host.js'
import type { CardSamples, PlotForecast, PlotQuestion, Sample } from './protocol.js'

const FIRST_CONTEXT = 2048
/** Points of the plot; with the slider's stops among them, so that both say the same number. */
const POINTS = 61

/** A build over all contexts that its model reads. */
export function forecastPlot(question: PlotQuestion): PlotForecast {
  const { machine, build: name, kv, compare } = question
  const model = getModel(name.model)
  const build = findBuild(model, name.quantization)
  if (!build)
    return { question, samples: [], cards: [], host: [], compared: [], fits_up_to: null, fits_up_to_q8: null }
  const contexts = sampleContexts(model.context.max)
  const samplesOf = (row: BuildRow) =>
    contexts.map((context) => sampleWhole(model, row, { context, kv, machine }))
  const other = compare === undefined ? undefined : findBuild(model, compare)
  const whole = machine?.gpus.length === 0 ? 'cpu' : 'gpu'
  const onOne = longest(model, build, question, whole)
  const shared = machine && (onOne ?? 0) < model.context.default
  const cards = shared ? sampleCards(model, build, { contexts, kv, machine }) : []
  return {
    question,
    samples: samplesOf(build),
    cards,
    host: cards.length > 0 ? [] : forecastHost(model, build, question),
    compared: other ? samplesOf(other).map(({ total }) => total) : [],
    fits_up_to: cards.length > 0 ? longest(model, build, question, 'multi_gpu') : onOne,
    fits_up_to_q8:
      kv === 'f16'
        ? longest(model, build, { ...question, kv: 'q8_0' }, cards.length > 0 ? 'multi_gpu' : whole)
        : null,
  }
}

function longest(
  model: ModelRow,
  build: BuildRow,
  { machine, kv, keep_bytes }: PlotQuestion,
  fit: Fit,
): number | null {
  if (!machine) return null
  const memory = memoryOfBuild(model.architecture, build)
  return longestContext(memory, { kv_type_k: kv, kv_type_v: kv }, machine, {
    headroom_bytes: keep_bytes,
    max_context: model.context.max,
    fit,
    detail: 'representative',
  })
}

/** Contexts that are evenly spread on a logarithmic axis, and every stop of the slider. */
export function sampleContexts(max: number): number[] {
  const first = Math.min(FIRST_CONTEXT, max)
  const spread = Array.from({ length: POINTS }, (_, index) =>
    Math.round(first * (max / first) ** (index / (POINTS - 1))),
  )
  return [...new Set([...spread, ...listStops(max)])].sort((a, b) => a - b)
}

interface Point {
  context: number
  kv: KvChoice
  machine: Machine | null
}

/** All of a build where it would run: on the first card, or without one in system memory. */
function sampleWhole(model: ModelRow, build: BuildRow, { context, kv, machine }: Point): Sample {
  const memory = memoryOfBuild(model.architecture, build)
  const load = { context, kv_type_k: kv, kv_type_v: kv }
  const device = machine ? devicesOf(machine)[0] : undefined
  if (machine && !device) {
    const { estimate, needed_bytes } = planPlacement(memory, load, machine)
    return sampleOf(context, estimate.host, needed_bytes)
  }
  const { gpu, host } = estimateMemory(memory, load)
  // Memory that is shared holds the processor's part as well.
  const side = device?.unified ? sumOfSides(gpu, host) : gpu
  const overhead = device?.overhead_bytes ?? runtimeOverhead('nvidia').bytes
  return sampleOf(context, side, side.total_bytes + overhead)
}

type Side = Pick<MemoryEstimate['gpu'], 'weights_bytes' | 'compute_bytes' | 'total_bytes'>

function sumOfSides(a: Side, b: Side): Side {
  return {
    weights_bytes: a.weights_bytes + b.weights_bytes,
    compute_bytes: a.compute_bytes + b.compute_bytes,
    total_bytes: a.total_bytes + b.total_bytes,
  }
}

/** The parts of what stands on one card; where it is a share of the whole, so are the parts. */
function sampleOf(context: number, side: Side, total: number, share = 1): Sample {
  const [weights, compute] = [side.weights_bytes * share, side.compute_bytes * share]
  const kv = (side.total_bytes - side.weights_bytes - side.compute_bytes) * share
  return { context, weights, kv, compute, overhead: Math.max(0, total - weights - kv - compute), total }
}

function sampleCards(
  model: ModelRow,
  build: BuildRow,
  { contexts, kv, machine }: Omit<Point, 'context'> & { contexts: readonly number[]; machine: Machine },
): CardSamples[] {
  const memory = memoryOfBuild(model.architecture, build)
  const cards = new Map<number, Sample[]>()
  for (const context of contexts) {
    const plan = planSharedPlacement(memory, { context, kv_type_k: kv, kv_type_v: kv }, machine)
    if (!plan) return []
    const { gpu } = plan.estimate
    const overhead = runtimeOverhead(machine.gpus[0]?.vendor ?? 'nvidia').bytes
    for (const { index, needed_bytes } of plan.devices) {
      const share = (needed_bytes - overhead) / gpu.total_bytes
      const samples = cards.get(index) ?? []
      samples.push(sampleOf(context, gpu, needed_bytes, share))
      cards.set(index, samples)
    }
  }
  return [...cards].map(([index, samples]) => ({ index, samples }))
}
