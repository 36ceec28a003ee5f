import { findBuild, getModel } from '../../catalog/index.js'
import type { BuildRow, ModelRow } from '../../catalog/index.js'
import type { Machine } from '../../machine.js'
import { estimateMemory, longestContext, memoryOfBuild, runtimeOverhead } from '../../memory/index.js'
import { listStops } from '../state/context-stops.js'
import { keepBytes } from '../state/what-if.js'
import type { KvChoice, WhatIf } from '../state/what-if.js'
import type { ModelForecast, Questions, Sample } from './protocol.js'
import { placeAll } from './rank-catalog.js'

const FIRST_CONTEXT = 2048
/** Points of the plot; with the slider's stops among them, so that both say the same number. */
const POINTS = 61

/** All that a model's own page computes. */
export function forecastModel(question: Questions['model']): ModelForecast {
  const { machine, asked, build: name } = question
  const model = getModel(name.model)
  const build = findBuild(model, name.quantization)
  if (!build) return { question, samples: [], builds: [], fits_up_to: null, fits_up_to_q8: null }
  const builds = model.builds.map(({ quantization }) => ({ model: model.id, quantization }))
  const q8 = asked.kv === 'f16' && machine ? longest(model, build, machine, { ...asked, kv: 'q8_0' }) : null
  return {
    question,
    samples: sampleContexts(model.context.max).map((context) =>
      sample(model, build, context, asked.kv, machine),
    ),
    builds: machine ? placeAll({ machine, asked, builds }) : [],
    fits_up_to: machine ? longest(model, build, machine, asked) : null,
    fits_up_to_q8: q8,
  }
}

function longest(model: ModelRow, build: BuildRow, machine: Machine, asked: WhatIf): number | null {
  if (machine.gpus.length === 0) return null
  const kv = { kv_type_k: asked.kv, kv_type_v: asked.kv }
  return longestContext(memoryOfBuild(model.architecture, build), kv, machine, {
    headroom_bytes: keepBytes(asked),
    max_context: model.context.max,
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

function sample(
  model: ModelRow,
  build: BuildRow,
  context: number,
  kv: KvChoice,
  machine: Machine | null,
): Sample {
  const memory = memoryOfBuild(model.architecture, build)
  const { gpu } = estimateMemory(memory, { context, kv_type_k: kv, kv_type_v: kv })
  const overhead = runtimeOverhead(machine?.gpus[0]?.vendor ?? 'nvidia').bytes
  return {
    context,
    weights: gpu.weights_bytes,
    kv: gpu.total_bytes - gpu.weights_bytes - gpu.compute_bytes,
    compute: gpu.compute_bytes,
    overhead,
    total: gpu.total_bytes + overhead,
  }
}
