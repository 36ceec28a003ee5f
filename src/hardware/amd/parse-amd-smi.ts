import { MIB } from '../../units.js'
import { believableMemory, gpuFacts, normalizeDeviceId, normalizeSlot, type GpuFacts } from '../gpu-facts.js'
import { isRecord, lookUp, readText } from '../json-value.js'
import { parseBytesOf, parsePercent, type Measured } from '../measure.js'
import { normalizeGfx } from './amd-apu.js'

export interface AmdCard {
  /** The tool's own number. */
  number: number
  facts: GpuFacts
  absurd: boolean
}

const MAX_CARDS = 256
const NO_NAME = /^(?:N\/A|none|unknown|0x[0-9a-f]+)$/i

/** The GPUs in any answer of `amd-smi --json`: a bare list (ROCm 5.7 to 6.3) or `{"gpu_data": [...]}` (since). */
function gpuEntries(json: unknown): Record<string, unknown>[] {
  const list = isRecord(json) ? (lookUp(json, 'gpu_data', 'gpus') ?? [json]) : json
  if (!Array.isArray(list)) return []
  return list
    .slice(0, MAX_CARDS)
    .filter(isRecord)
    .filter((entry) => lookUp(entry, 'gpu') !== undefined)
}

/**
 * Joins `amd-smi static --asic --vram` and `amd-smi metric --mem-usage --usage`, by the tool's number. A value is a number,
 * a text ("24560 MB"), or `{value, unit}`; its MB are MiB.
 */
export function parseAmdSmi(staticJson: unknown, metricJson: unknown): AmdCard[] {
  const byNumber = new Map<number, { fixed?: Record<string, unknown>; metric?: Record<string, unknown> }>()
  const add = (key: 'fixed' | 'metric') => (entry: Record<string, unknown>, index: number) => {
    const number = Number(lookUp(entry, 'gpu'))
    const known = byNumber.get(Number.isInteger(number) ? number : index)
    byNumber.set(Number.isInteger(number) ? number : index, { ...known, [key]: entry })
  }
  gpuEntries(staticJson).forEach(add('fixed'))
  gpuEntries(metricJson).forEach(add('metric'))
  return [...byNumber].map(([number, { fixed, metric }]) => parseCard(number, fixed ?? {}, metric ?? {}))
}

function parseCard(number: number, fixed: Record<string, unknown>, metric: Record<string, unknown>): AmdCard {
  const asic = section(fixed, 'asic')
  const vram = section(fixed, 'vram')
  const usage = section(metric, 'mem_usage', 'memory_usage', 'vram')
  const gtt = section(metric, 'mem_usage', 'gtt')
  const total = megabytes(usage, 'total_vram', 'vram_total', 'total')
  const size = megabytes(vram, 'size', 'vram_size', 'vram_size_mb')
  const freeKnown = lookUp(usage, 'free_vram', 'vram_free', 'free') !== undefined
  const measured = believableMemory(
    total.value === null || total.value === 0 ? size : total,
    freeKnown ? megabytes(usage, 'free_vram', 'vram_free', 'free') : undefined,
    megabytes(usage, 'used_vram', 'vram_used', 'used'),
  )
  const load = parsePercent(leaf(lookUp(section(metric, 'usage'), 'gfx_activity', 'gfx_usage', 'gfx')))
  return {
    number,
    facts: gpuFacts('amd', total.value === null ? 'amd.smi_static' : 'amd.smi_metric', {
      ...measured.memory,
      name: nameOf(lookUp(asic, 'market_name')) ?? nameOf(lookUp(section(fixed, 'board'), 'product_name')),
      slot: normalizeSlot(
        lookUp(section(fixed, 'bus'), 'bdf') ?? lookUp(fixed, 'bdf') ?? lookUp(metric, 'bdf'),
      ),
      device_id: normalizeDeviceId(lookUp(asic, 'device_id')),
      gfx: normalizeGfx(lookUp(asic, 'target_graphics_version')),
      utilization_percent: load.value,
      gtt_total_bytes: megabytes(gtt, 'total_gtt', 'gtt_total').value,
      gtt_used_bytes: megabytes(gtt, 'used_gtt', 'gtt_used').value,
    }),
    absurd: measured.absurd || load.absurd || total.absurd,
  }
}

function nameOf(value: unknown): string | null {
  const name = readText(value)
  return name === null || NO_NAME.test(name) ? null : name
}

function section(object: Record<string, unknown>, ...names: string[]): Record<string, unknown> {
  const value = lookUp(object, ...names)
  return isRecord(value) ? value : {}
}

function megabytes(object: Record<string, unknown>, ...names: string[]): Measured {
  return parseBytesOf(leaf(lookUp(object, ...names)), MIB)
}

/** `{value: 24560, unit: "MB"}` as `24560 MB`; other values as they are. */
function leaf(value: unknown): unknown {
  if (!isRecord(value)) return value
  const unit = value['unit']
  return typeof unit === 'string' ? `${String(value['value'])} ${unit}` : value['value']
}
