import { batch, computed, signal } from '@preact/signals'
import { route, search, setQuery } from './router.js'
import { formatQuery, parseFilters, parseWhatIf } from './what-if.js'
import type { Filters, WhatIf } from './what-if.js'

/** True while a slider is held: the order of the list rests, only the bars move. */
export const dragging = signal(false)

const draft = signal<WhatIf | null>(null)

const query = computed(() => new URLSearchParams(search.value))
const settled = computed(() => parseWhatIf(query.value))

/** What is asked now, a slider under way included. */
export const whatIf = computed<WhatIf>(() => draft.value ?? settled.value)
/** What was asked when the last slider came to rest: the list is ordered by it. */
export const settledWhatIf = settled
export const filters = computed<Filters>(() => parseFilters(query.value))

/** Keys that follow each other sooner than this are one movement. */
const REST_MS = 250

let frame = 0
let rest: ReturnType<typeof setTimeout> | undefined

/** Moves every bar at the next frame; the address and the order follow on `settle`. */
export function drag(change: Partial<WhatIf>): void {
  const next = merge(whatIf.peek(), change)
  clearTimeout(rest)
  cancelAnimationFrame(frame)
  frame = requestAnimationFrame(() => {
    batch(() => {
      dragging.value = true
      draft.value = next
    })
  })
}

/** One of several small steps, as keys make them: like a drag that ends when no other follows. */
export function step(change: Partial<WhatIf>): void {
  drag(change)
  rest = setTimeout(() => settle(change), REST_MS)
}

/** Ends a change: order, address and history. */
export function settle(change: Partial<WhatIf> = {}): void {
  clearTimeout(rest)
  cancelAnimationFrame(frame)
  const next = merge(whatIf.peek(), change)
  batch(() => {
    dragging.value = false
    draft.value = null
    setQuery(formatQuery(next, filters.peek()), 'push')
  })
}

/** Changes filters; typing in the search field replaces the address instead of adding to the history. */
export function setFilters(change: Partial<Filters>, how: 'replace' | 'push' = 'push'): void {
  setQuery(formatQuery(settled.peek(), merge(filters.peek(), change)), how)
}

/** Forgets the what-if and keeps the filters. */
export function resetWhatIf(): void {
  const { kv, count, keep, used } = parseWhatIf(new URLSearchParams())
  setQuery(formatQuery({ kv, count, keep, used }, filters.peek()), 'push')
}

/** The query that a link to another page of ours should carry. */
export const carriedQuery = computed(() => (route.value.page === 'unknown' ? '' : search.value))

/** A change in which `undefined` takes a key away. */
function merge<T extends object>(old: T, change: Partial<T>): T {
  const next = { ...old, ...change }
  for (const key of Object.keys(change) as (keyof T)[]) if (change[key] === undefined) delete next[key]
  return next
}
