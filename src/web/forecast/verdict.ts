import { devicesOf, estimateMemory, memoryOfBuild, runtimeOverhead } from '../../memory/index.js'
import type { Placement } from '../../memory/index.js'
import type { Machine } from '../../machine.js'
import type { BuildRow, ModelRow } from '../../catalog/index.js'
import { formatContext, formatGib, GIB } from '../../units.js'
import type { WhatIf } from '../state/what-if.js'
import { spareBytes } from '../bar/spare.js'
import { loadOf } from './load-of.js'

export interface Verdict {
  tone: 'good' | 'warning' | 'bad'
  /** A few words for the row: "3.2 GiB to spare". */
  short: string
  /** A sentence for whoever opens it. */
  long: string
}

export interface Judged {
  model: ModelRow
  build: BuildRow
  /** As asked for, which may be more than the model has. */
  context: number
  placement: Placement
}

/** The device's own context takes 0.3 to 0.6 GiB; a limit inside that range is no plain yes or no. */
export const OVERHEAD_RANGE_BYTES = { least: 0.3 * GIB, most: 0.6 * GIB }
/** How far the range reaches beyond what is counted. */
const ERROR_BYTES = OVERHEAD_RANGE_BYTES.most - runtimeOverhead('nvidia').bytes

/** What a placement means, in the words of the page. */
export function judge(row: Judged, here: Machine, asked: WhatIf): Verdict {
  const { placement, model } = row
  if (row.context > model.context.max) {
    const longest = formatContext(model.context.max)
    return {
      tone: 'warning',
      short: `Longest context ${longest}`,
      long: `It was trained for ${longest}; ${formatContext(row.context)} is more than it can read.`,
    }
  }
  switch (placement.fit) {
    case 'gpu':
      return judgeWhole(placement)
    case 'multi_gpu':
      return judgeSeveral(placement)
    default:
      return judgeTight(row, here, asked) ?? judgeRest(placement)
  }
}

function judgeWhole(placement: Placement): Verdict {
  const spare = spareBytes(placement)
  if (spare < ERROR_BYTES) {
    return {
      tone: 'warning',
      short: 'Close',
      long: "Within the estimate's error of 0.3 GiB. Try it; a smaller context is safer.",
    }
  }
  return { tone: 'good', short: `${formatGib(spare)} to spare`, long: 'Fits whole on the card.' }
}

function judgeSeveral({ devices }: Placement): Verdict {
  const takes = devices.map(({ index, needed_bytes }) => `GPU ${index} takes ${formatGib(needed_bytes)}`)
  return { tone: 'good', short: `Fits across ${devices.length} cards`, long: `${takes.join(', ')}.` }
}

/** Whole on the card if less were kept free. */
function judgeTight({ model, build }: Judged, here: Machine, asked: WhatIf): Verdict | null {
  const left = leftOnCard(model, build, here, asked)
  if (left === null || left < 0 || asked.keep === 0) return null
  return {
    tone: 'warning',
    short: 'Only with less kept free',
    long: `Leaves ${formatGib(left)} free instead of ${asked.keep} GiB. Other programs may slow it down.`,
  }
}

/** What the roomiest card has left with the whole build on it; null where there is no card. */
function leftOnCard(model: ModelRow, build: BuildRow, here: Machine, asked: WhatIf): number | null {
  const devices = devicesOf(here).filter((device) => device.available_bytes !== null)
  if (devices.length === 0) return null
  const { gpu, host } = estimateMemory(memoryOfBuild(model.architecture, build), loadOf(model, asked))
  const left = devices.map(({ available_bytes, overhead_bytes, unified }) => {
    return (available_bytes ?? 0) - overhead_bytes - gpu.total_bytes - (unified ? host.total_bytes : 0)
  })
  return Math.max(...left)
}

function judgeRest(placement: Placement): Verdict {
  const { fit, host_bytes, needed_bytes } = placement
  if (fit === 'partial') {
    const share = Math.round((100 * needed_bytes) / (needed_bytes + host_bytes))
    return {
      tone: 'warning',
      short: `${share}% on the GPU, slower`,
      long: `${describeSplit(placement)}, the rest in system memory (${formatGib(host_bytes)}).`,
    }
  }
  if (fit === 'cpu') {
    return {
      tone: 'warning',
      short: 'On the processor, slow',
      long: `Needs ${formatGib(needed_bytes)} of system memory; ${formatGib(placement.available_bytes)} are free.`,
    }
  }
  const over = formatGib(-spareBytes(placement))
  return {
    tone: 'bad',
    short: `Does not fit: ${over} over`,
    long: `Its weights alone are ${formatGib(placement.estimate.gpu.weights_bytes + placement.estimate.host.weights_bytes)}.`,
  }
}

function describeSplit({ gpu_layers, cpu_moe_layers }: Placement): string {
  if (cpu_moe_layers > 0) return `The experts of ${cpu_moe_layers} layers stay off the card`
  return `${gpu_layers} layers on the card`
}
