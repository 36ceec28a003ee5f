import { computed, effect, signal } from '@preact/signals'
import { findBuild, getModel, listModels } from '../../catalog/index.js'
import type { BuildRow, ModelRow } from '../../catalog/index.js'
import { askForecast } from '../forecast/ask-forecast.js'
import type { Ranked, RankedRow } from '../forecast/protocol.js'
import { matchesFilters } from './filters.js'
import { settledMachine } from './machine.js'
import { filters, settledWhatIf } from './question.js'
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

/** What stands on the screen, in the settled order. */
export const shownRows = computed(() =>
  showAll.value ? matchingRows.value : matchingRows.value.slice(0, FIRST_ROWS),
)

/** Keeps the order up to date with the machine and the what-if, where it is looked at. */
export function startRanking(): void {
  effect(() => {
    const here = settledMachine.value
    const asked = settledWhatIf.value
    if (here === null || route.value.page !== 'home') return
    const shown = ranked.peek()
    if (shown && JSON.stringify([shown.machine, shown.asked]) === JSON.stringify([here, asked])) {
      isRanking.value = false
      return
    }
    isRanking.value = true
    void askForecast('rank', { machine: here, asked }).then((answer) => {
      ranked.value = answer
      isRanking.value = false
    })
  })
}
