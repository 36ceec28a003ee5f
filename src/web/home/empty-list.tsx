import { formatContext, formatGib } from '../../units.js'
import { filters, setFilters, settle } from '../state/question.js'
import { fittingRows, ranked, searchedRows } from '../state/ranking.js'
import { getModel } from '../../catalog/index.js'
import type { Ranked } from '../forecast/protocol.js'
import { keepBytes, NO_FILTERS } from '../state/what-if.js'

/** Why no row is there, and the one step that brings some back. */
export function EmptyList() {
  const { q } = filters.value
  const searched = searchedRows.value.length
  if (searched === 0) {
    return (
      <Empty title={`No model matches “${q}”.`} text="Try a shorter name, a family or a publisher.">
        <button class="button main" type="button" onClick={() => setFilters({ q: '' })}>
          Clear search
        </button>
      </Empty>
    )
  }
  if (fittingRows.value.length === 0) return <NothingFits />
  return (
    <Empty title="The filters hide every match." text={`${searched} match without filters.`}>
      <button
        class="button main"
        type="button"
        onClick={() =>
          setFilters({ ...NO_FILTERS, tier: undefined, family: undefined, q, fits: false } as object)
        }
      >
        Show them
      </button>
    </Empty>
  )
}

const SMALLER_CONTEXT = 32_768

function NothingFits() {
  const answer = ranked.value
  if (!answer) return null
  const { asked } = answer
  const fitting = answer.fitting_at_32k ?? 0
  const context = asked.context === undefined ? '' : ` at ${formatContext(asked.context)} context`
  const text = whyNothingFits(answer)
  const better = fitting > 0 && (asked.context ?? 0) > SMALLER_CONTEXT
  return (
    <Empty title={`Nothing fits${context}.`} text={better ? `${text} ${fitting} fit at 32K.` : text}>
      {better && (
        <button class="button main" type="button" onClick={() => settle({ context: SMALLER_CONTEXT })}>
          Use 32K context
        </button>
      )}
      <button class="button" type="button" onClick={() => setFilters({ fits: false })}>
        Show all
      </button>
    </Empty>
  )
}

function whyNothingFits({ asked, rows }: Ranked): string {
  const readable = rows.filter(({ model, context }) => context <= getModel(model).context.max)
  const smallest = readable[0]?.placement
  if (smallest) {
    const room = Math.max(0, smallest.available_bytes - keepBytes(asked))
    return `The smallest build needs ${formatGib(smallest.needed_bytes)} and there is room for ${formatGib(room)}.`
  }
  return rows.length > 0 ? 'No model reads that much.' : 'The memory of this machine is unknown.'
}

function Empty({
  title,
  text,
  children,
}: {
  title: string
  text: string
  children: preact.ComponentChildren
}) {
  return (
    <div class="empty">
      <h2>{title}</h2>
      <p class="muted">{text}</p>
      <p class="buttons">{children}</p>
    </div>
  )
}
