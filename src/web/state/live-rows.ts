import { computed, effect, signal } from '@preact/signals'
import type { Machine } from '../../machine.js'
import { askForecast } from '../forecast/ask-forecast.js'
import type { BuildName, Placed, Ranked } from '../forecast/protocol.js'
import { CONTEXT_STOPS, nearestStop } from './context-stops.js'
import { machine } from './machine.js'
import { whatIf } from './question.js'
import { ranked, shownRows } from './ranking.js'
import type { ListedRow } from './ranking.js'
import { route } from './router.js'
import type { WhatIf } from './what-if.js'

/** Rows that are on the screen or next to it; the first dozen until the browser has said which. */
const FIRST_NEAR = 12
const near = new Set<string>()

export const rowKey = (model: string, quantization: string): string => `${model}@${quantization}`

interface Live {
  machine: Machine
  asked: WhatIf
  rows: ReadonlyMap<string, Placed>
}

/** Placements that are newer than the list's order; null while the list says it all. */
const live = signal<Live | null>(null)

/** The machine and the what-if that the bars on the screen answer. */
export const barMachine = computed(() => live.value?.machine ?? ranked.value?.machine ?? null)
export const barQuestion = computed(() => live.value?.asked ?? ranked.value?.asked ?? whatIf.value)

/** Where a row's build lands by the newest answer. */
export function newestPlacement(row: ListedRow): Placed | undefined {
  return live.value?.rows.get(rowKey(row.model.id, row.quantization))
}

const watcher =
  typeof IntersectionObserver === 'undefined'
    ? null
    : new IntersectionObserver(
        (entries) => {
          for (const { target, isIntersecting } of entries) {
            const key = (target as HTMLElement).dataset['build']
            if (key === undefined) continue
            if (isIntersecting) near.add(key)
            else near.delete(key)
          }
        },
        { rootMargin: '120px 0px' },
      )

/** Notes whether a row is near the screen, until the returned function is called. */
export function watchRow(element: HTMLElement, key: string): () => void {
  watcher?.observe(element)
  return () => {
    watcher?.unobserve(element)
    near.delete(key)
  }
}

/** The builds whose bars somebody can see. */
function nearBuilds(): BuildName[] {
  const shown = shownRows.peek()
  const seen = shown.filter((row) => near.has(rowKey(row.model.id, row.quantization)))
  return (seen.length > 0 ? seen : shown.slice(0, FIRST_NEAR)).map(({ model, quantization }) => ({
    model: model.id,
    quantization,
  }))
}

/** Count of questions asked, and of those that a newer order has made needless. */
let turn = 0
let settledTurn = 0

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/**
 * Moves the bars that are near the screen with every what-if, before the order follows: what the order's
 * answer brings replaces them.
 */
export function startLiveRows(): void {
  effect(() => {
    const here = machine.value
    const asked = whatIf.value
    const shown = live.peek() ?? ranked.peek()
    if (here === null || shown === null || route.value.page !== 'home') return
    if (same([shown.machine, shown.asked], [here, asked])) return
    const own = ++turn
    void askForecast('place', { machine: here, asked, builds: nearBuilds() }).then((placed) => {
      if (own <= settledTurn) return
      const rows = new Map(placed.map((each) => [rowKey(each.model, each.quantization), each]))
      live.value = { machine: here, asked, rows }
    })
  })
  effect(() => {
    const answer = ranked.value
    if (!answer || !same([answer.machine, answer.asked], [machine.peek(), whatIf.peek()])) return
    settledTurn = turn
    live.value = null
    void warmAround(answer)
  })
}

/** The stops next to the one that is shown come first: that is where a slider goes. */
async function warmAround(answer: Ranked): Promise<void> {
  const { machine: here, asked } = answer
  const place = asked.context === undefined ? -1 : nearestStop(CONTEXT_STOPS, asked.context)
  const stops = [...CONTEXT_STOPS.entries()].sort(([a], [b]) => Math.abs(a - place) - Math.abs(b - place))
  for (const [, context] of stops) {
    if (ranked.peek() !== answer) return
    await askForecast('warm', { machine: here, asked: { ...asked, context }, builds: nearBuilds() })
  }
}
