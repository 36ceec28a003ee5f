import { GPUS } from '../../../generated/gpus.js'
import type { GpuId } from '../../../generated/ids.js'
import type { TierId } from '../../catalog/index.js'
import { GIB } from '../../units.js'

/** Types of the cache that the page offers; the command line knows more. */
export const KV_CHOICES = ['f16', 'q8_0', 'q4_0'] as const
export type KvChoice = (typeof KV_CHOICES)[number]

/** What the reader asks about; everything is in the address, so that a link shares it and Back undoes it. */
export interface WhatIf {
  /** Tokens; absent: each model at its own default. */
  context?: number
  kv: KvChoice
  /** Row of the GPU table; `none`: no graphics card; absent: this machine. */
  gpu?: GpuId | 'none'
  count: number
  /** System memory in GiB, where another machine is asked about. */
  ram?: number
  /** Kept free on every device, in GiB. */
  keep: number
  /** Memory in use on the first card, in GiB. */
  used: number
}

export interface Filters {
  q: string
  fits: boolean
  tools: boolean
  vision: boolean
  thinking: boolean
  tier?: TierId
  family?: string
}

export const NO_WHAT_IF: WhatIf = { kv: 'f16', count: 1, keep: 2, used: 0.8 }
export const NO_FILTERS: Filters = { q: '', fits: true, tools: false, vision: false, thinking: false }

/** Assumed free for a model where another machine is asked about: the system and its programs need the rest. */
const MAX_CONTEXT = 2 ** 24
const TIERS: readonly string[] = ['verified', 'compatible', 'experimental']

/** A plain decimal within bounds; anything else is dropped. */
function parseNumber(text: string | null, least: number, most: number): number | undefined {
  if (text === null || !/^\d{1,9}(\.\d{1,3})?$/.test(text)) return undefined
  const value = Number(text)
  return value >= least && value <= most ? value : undefined
}

function isGpuId(text: string): text is GpuId {
  return Object.hasOwn(GPUS, text)
}

function isTier(text: string | null): text is TierId {
  return text !== null && TIERS.includes(text)
}

/** Reads the what-if from a query string; unknown values and values out of range are dropped. */
export function parseWhatIf(query: URLSearchParams): WhatIf {
  const context = parseNumber(query.get('context'), 256, MAX_CONTEXT)
  const gpu = query.get('gpu')
  const ram = parseNumber(query.get('ram'), 1, 4096)
  return {
    kv: KV_CHOICES.find((choice) => choice === query.get('kv')) ?? NO_WHAT_IF.kv,
    count: Math.floor(parseNumber(query.get('count'), 1, 16) ?? 1),
    keep: parseNumber(query.get('keep'), 0, 64) ?? NO_WHAT_IF.keep,
    used: parseNumber(query.get('used'), 0, 512) ?? NO_WHAT_IF.used,
    ...(context === undefined ? {} : { context: Math.floor(context) }),
    ...(gpu !== null && (gpu === 'none' || isGpuId(gpu)) ? { gpu } : {}),
    ...(ram === undefined ? {} : { ram }),
  }
}

export function parseFilters(query: URLSearchParams): Filters {
  const tier = query.get('tier')
  const family = query.get('family')
  return {
    q: (query.get('q') ?? '').slice(0, 80),
    fits: query.get('fits') !== '0',
    tools: query.get('tools') === '1',
    vision: query.get('vision') === '1',
    thinking: query.get('thinking') === '1',
    ...(isTier(tier) ? { tier } : {}),
    ...(family === null ? {} : { family: family.slice(0, 60) }),
  }
}

/** The shortest query string that says the same; defaults are left out. */
export function formatQuery(whatIf: WhatIf, filters: Filters): string {
  const query = new URLSearchParams()
  const put = (key: string, value: string | number | undefined, normal?: string | number) => {
    if (value !== undefined && value !== normal) query.set(key, String(value))
  }
  put('context', whatIf.context)
  put('kv', whatIf.kv, NO_WHAT_IF.kv)
  put('gpu', whatIf.gpu)
  put('count', whatIf.count, 1)
  put('ram', whatIf.ram)
  put('keep', whatIf.keep, NO_WHAT_IF.keep)
  put('used', whatIf.used, NO_WHAT_IF.used)
  put('tier', filters.tier)
  put('family', filters.family)
  for (const key of ['tools', 'vision', 'thinking'] as const) if (filters[key]) query.set(key, '1')
  if (!filters.fits) query.set('fits', '0')
  put('q', filters.q, '')
  const text = query.toString()
  return text === '' ? '' : `?${text}`
}

/** Kept free on every device, in bytes. */
export const keepBytes = (whatIf: Pick<WhatIf, 'keep'>): number => Math.round(whatIf.keep * GIB)
