import { GPUS } from '../../../generated/gpus.js'
import type { GpuId } from '../../../generated/ids.js'
import { estimateWiredLimit } from '../../hardware/apple/probe-apple.js'
import type { Gpu, Machine } from '../../machine.js'
import { simulateMachine } from '../../recommend/index.js'
import { GIB } from '../../units.js'
import { IS_STATIC } from './page-mode.js'
import type { WhatIf } from './what-if.js'

/** Card of the public site before the reader has picked one. */
export const FIRST_CARD: GpuId = 'rtx-3060-12gb'
/** System memory where nobody has said any, in GiB. */
export const ASSUMED_RAM_GIB = 32
/** The system and its programs keep this share of the system memory of a machine that is only imagined. */
const RAM_IN_USE = 0.25

const NO_MACHINE: Machine = {
  platform: 'unknown',
  arch: 'unknown',
  ram: { total_bytes: null, available_bytes: null },
  gpus: [],
  problems: [],
}

/** The card that a what-if is about; `none` for no card, null for the machine itself. */
export function cardOf(whatIf: WhatIf): GpuId | 'none' | null {
  return whatIf.gpu ?? (IS_STATIC ? FIRST_CARD : null)
}

/**
 * The machine that a what-if is about: this one, or so many cards of the table with some memory in use on
 * the first. Null while this machine is not known yet.
 */
export function machineOfWhatIf(real: Machine | null, whatIf: WhatIf): Machine | null {
  const card = cardOf(whatIf)
  if (card === null && real === null) return null
  const base = real ?? NO_MACHINE
  const ramGib = whatIf.ram ?? (base.ram.total_bytes === null || card !== null ? ramOf(base) : undefined)
  const withRam = ramGib === undefined ? base : simulateRam(base, ramGib)
  if (card === null) return withRam
  const bare = { ...withRam, problems: [] }
  return { ...bare, gpus: card === 'none' ? [] : cardsOf(card, whatIf, bare) }
}

function ramOf({ ram }: Machine): number | undefined {
  return ram.total_bytes === null ? ASSUMED_RAM_GIB : undefined
}

function simulateRam(base: Machine, gib: number): Machine {
  const total = gib * GIB
  const { ram } = simulateMachine(base, { ram_bytes: Math.round(total * (1 - RAM_IN_USE)) })
  return { ...base, ram: { ...ram, total_bytes: total } }
}

function cardsOf(id: GpuId, { count, used }: WhatIf, { ram }: Machine): Gpu[] {
  const row = GPUS[id]
  const unified = row.memory_kind === 'unified'
  // Shared memory is the machine's own: what is there is the system memory, if less than the most sold.
  const total =
    unified && ram.total_bytes !== null ? Math.min(row.memory_bytes, ram.total_bytes) : row.memory_bytes
  return Array.from({ length: unified ? 1 : count }, (_, index) => {
    const inUse = index === 0 ? Math.min(total, Math.round(used * GIB)) : 0
    return {
      index,
      vendor: row.vendor as Gpu['vendor'],
      name: row.name,
      total_bytes: total,
      free_bytes: total - inUse,
      used_bytes: inUse,
      utilization_percent: null,
      unified,
      budget_bytes: row.vendor === 'apple' ? estimateWiredLimit(total) : total,
      source: 'what-if',
    }
  })
}
