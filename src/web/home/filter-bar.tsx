import { useEffect, useRef } from 'preact/hooks'
import { filters, setFilters } from '../state/question.js'
import { chatModels } from '../state/ranking.js'
import type { Filters } from '../state/what-if.js'

const families = [...new Set(chatModels.map((model) => model.family))]

const TIERS = [
  ['verified', 'Tools verified'],
  ['compatible', 'Tools compatible'],
] as const

/** Search and filters; all of them are in the address. */
export function FilterBar() {
  const wanted = filters.value
  return (
    <div class="filters" role="search">
      <SearchField />
      <Chip on={wanted.fits} label="Fits here" change={(fits) => ({ fits })} />
      <Chip on={wanted.tools} label="Tools" change={(tools) => ({ tools })} />
      <Chip on={wanted.vision} label="Vision" change={(vision) => ({ vision })} />
      <Chip on={wanted.thinking} label="Thinking" change={(thinking) => ({ thinking })} />
      <select
        class="chip"
        aria-label="Tier"
        value={wanted.tier ?? ''}
        onChange={({ currentTarget: { value } }) =>
          setFilters({ tier: TIERS.map(([id]) => id).find((id) => id === value) } as object)
        }
      >
        <option value="">Any tier</option>
        {TIERS.map(([id, label]) => (
          <option key={id} value={id}>
            {label}
          </option>
        ))}
      </select>
      <select
        class="chip"
        aria-label="Family"
        value={wanted.family ?? ''}
        onChange={({ currentTarget: { value } }) =>
          setFilters({ family: value === '' ? undefined : value } as object)
        }
      >
        <option value="">Any family</option>
        {families.map((family) => (
          <option key={family} value={family}>
            {family}
          </option>
        ))}
      </select>
    </div>
  )
}

interface ChipProps {
  on: boolean
  label: string
  change: (on: boolean) => Partial<Filters>
}

function Chip({ on, label, change }: ChipProps) {
  return (
    <button class="chip" type="button" aria-pressed={on} onClick={() => setFilters(change(!on))}>
      {label}
    </button>
  )
}

/** Ctrl+K or ⌘K comes here from anywhere; Escape clears it. */
function SearchField() {
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    const focus = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      field.current?.focus()
      field.current?.select()
    }
    document.addEventListener('keydown', focus)
    return () => document.removeEventListener('keydown', focus)
  }, [])
  return (
    <input
      ref={field}
      class="text-field search"
      type="search"
      placeholder="Search models"
      aria-label="Search models"
      aria-keyshortcuts="Control+K Meta+K"
      autocomplete="off"
      maxLength={80}
      value={filters.value.q}
      onInput={(event) => setFilters({ q: event.currentTarget.value }, 'replace')}
      onKeyDown={(event) => {
        if (event.key === 'Escape') setFilters({ q: '' }, 'replace')
      }}
    />
  )
}
