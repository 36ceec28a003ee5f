import { GPUS } from '../../../generated/gpus.js'
import type { GpuRow } from '../../../generated/types.js'
import { formatGib } from '../../units.js'
import { askedCard, measured } from '../state/machine.js'
import { IS_STATIC } from '../state/page-mode.js'
import { settle } from '../state/question.js'
import type { WhatIf } from '../state/what-if.js'
import { machineName } from './machine-row.js'

const VENDORS = [
  ['nvidia', 'NVIDIA'],
  ['amd', 'AMD'],
  ['apple', 'Apple'],
  ['intel', 'Intel'],
] as const

/** The card's name with its memory, which is often what tells two cards of one name apart. */
function nameCard({ name, memory_bytes, memory_kind }: GpuRow): string {
  const size = formatGib(memory_bytes, 0)
  return memory_kind === 'unified' ? `${name}, up to ${size}` : `${name}, ${size}`
}

const groups = VENDORS.map(([vendor, title]) => ({
  title,
  cards: Object.values<GpuRow>(GPUS)
    .filter((card) => card.vendor === vendor)
    .sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }) || a.memory_bytes - b.memory_bytes),
}))

/** This machine, or any card of the table. */
export function MachinePicker({ id }: { id: string }) {
  const card = askedCard.value
  const here = measured.value
  const choose = (value: string) =>
    settle({ gpu: value === '' ? undefined : (value as WhatIf['gpu']), count: 1 } as object)
  return (
    <div class="field machine-field">
      <label class="field-label" for={id}>
        {IS_STATIC ? 'Graphics card' : 'Machine'}
      </label>
      <select
        id={id}
        class="select"
        value={card ?? ''}
        onChange={(event) => choose(event.currentTarget.value)}
      >
        {!IS_STATIC && <option value="">This machine{here ? ` (${machineName(here)})` : ''}</option>}
        <option value="none">No graphics card</option>
        {groups.map(({ title, cards }) => (
          <optgroup key={title} label={title}>
            {cards.map((row) => (
              <option key={row.id} value={row.id}>
                {nameCard(row)}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </div>
  )
}
