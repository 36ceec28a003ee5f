import { computed, effect, signal } from '@preact/signals'
import { findBuild, getModel, listModels } from '../../catalog/index.js'
import type { BuildRow, ModelRow } from '../../catalog/index.js'
import { askForecast } from '../forecast/ask-forecast.js'
import type { Placed, Ranked, RankedRow } from '../forecast/protocol.js'
import { matchesFilters } from './filters.js'
import { machine, settledMachine } from './machine.js'
import { dragging, filters, settledWhatIf, whatIf } from './question.js'
import { route } from './router.js'

/** One line of the list. */
export interface ListedRow extends Omit<RankedRow, 'model'> {
  model: ModelRow
  build: BuildRow
}

/** Rows shown before "Show all". */
export const FIRST_ROWS = 40
export const showAll = signal(false)

/** The list with the question that it answers; null until the first answer. */
export const ranked = signal<Ranked | null>(null)
/** True while the list on the screen answers an older question. */
export const isRanking = signal(true)
/** Placements that follow a slider. */
const live = signal<ReadonlyMap<string, Placed>>(new Map())

/** Models that can be recommended at all: for chat, with a build. */
export const chatModels: readonly ModelRow[] = listModels().filter(
  (model) => model.kind === 'chat' && model.builds.length > 0,
)

const rows = computed<ListedRow[]>(() =>
  (ranked.value?.rows ?? []).flatMap((row): ListedRow[] => {
    const model = getModel(row.model)
    const build = findBuild(model, row.quantization)
    return build ? [{ ...row, model, build }] : []
  }),
)

export const fittingRows = computed(() => rows.value.filter((row) => row.rank !== null))

/** Rows that the filters leave, in settled order. */
export const matchingRows = computed<ListedRow[]>(() => {
  const wanted = filters.value
  return rows.value.filter((row) => (!wanted.fits || row.rank !== null) && matchesFilters(row.model, wanted))
})

/** Rows that match the search alone, for "3 match without filters". */
export const searchedRows = computed(() => {
  const { q } = filters.value
  return rows.value.filter((row) => matchesFilters(row.model, { q }))
})

const firstRows = computed(() =>
  showAll.value ? matchingRows.value : matchingRows.value.slice(0, FIRST_ROWS),
)

/** What stands on the screen: the settled order, with bars that follow the slider. */
export const shownRows = computed<ListedRow[]>(() => {
  const moving = live.value
  return moving.size === 0 ? firstRows.value : firstRows.value.map((row) => withLive(row, moving))
})

function withLive(row: ListedRow, moving: ReadonlyMap<string, Placed>): ListedRow {
  const placed = moving.get(nameOf(row.model.id, row.quantization))
  return placed
    ? { ...row, context: placed.context, placement: placed.placement, verdict: placed.verdict }
    : row
}

const nameOf = (model: string, quantization: string) => `${model}@${quantization}`

/** Keeps the list up to date with the machine and the what-if. */
export function startRanking(): void {
  effect(() => {
    const here = settledMachine.value
    const asked = settledWhatIf.value
    if (here === null || route.value.page === 'model') return
    const shown = ranked.peek()
    if (shown && JSON.stringify([shown.machine, shown.asked]) === JSON.stringify([here, asked])) {
      isRanking.value = false
      live.value = new Map()
      return
    }
    isRanking.value = true
    void askForecast('rank', { machine: here, asked }).then((answer) => {
      ranked.value = answer
      live.value = new Map()
      isRanking.value = false
    })
  })
  effect(() => {
    const here = machine.value
    const asked = whatIf.value
    if (!dragging.value || here === null) return
    const builds = firstRows.peek().map(({ model, quantization }) => ({ model: model.id, quantization }))
    void askForecast('place', { machine: here, asked, builds }).then((placed) => {
      if (!dragging.peek() && !isRanking.peek()) return
      live.value = new Map(placed.map((each) => [nameOf(each.model, each.quantization), each]))
    })
  })
}
