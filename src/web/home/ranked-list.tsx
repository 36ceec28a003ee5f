import { useMemo, useRef } from 'preact/hooks'
import { Legend } from '../bar/legend.js'
import { guidesOf, lanesOfRuler } from '../bar/lanes.js'
import { Ruler } from '../bar/ruler.js'
import { endOfRuler } from '../bar/scale.js'
import { formatContext } from '../../units.js'
import { barMachine, barQuestion } from '../state/live-rows.js'
import { dragging } from '../state/question.js'
import { FIRST_ROWS, isRanking, matchingRows, showAll, shownRows } from '../state/ranking.js'
import { keepBytes } from '../state/what-if.js'
import { EmptyList } from './empty-list.js'
import { useMovingRows } from './moving-rows.js'
import { MachineRow } from './machine-row.js'
import { ModelRow } from './model-row.js'

/** The chart that is a list: one ruler, one machine, one line, and a bar a model. */
export function RankedList() {
  const here = barMachine.value
  const { keep, context } = barQuestion.value
  const rows = shownRows.value
  const box = useRef<HTMLOListElement>(null)
  useMovingRows(box, rows)
  const lanes = useMemo(() => (here ? lanesOfRuler(here, keepBytes({ keep })) : []), [here, keep])
  const guides = useMemo(() => guidesOf(lanes), [lanes])
  const end = endOfRuler(lanes)
  const lines = useMemo(
    () =>
      here &&
      rows.map((row, index) => (
        <ModelRow
          key={row.model.id}
          row={row}
          machine={here}
          keep={keep}
          end={end}
          guides={guides}
          own={context === undefined}
          first={index === 0 && row.rank !== null}
        />
      )),
    [here, rows, keep, end, guides, context === undefined],
  )
  if (here === null) return <WaitingList />
  const hidden = matchingRows.value.length - rows.length
  return (
    <section
      class={dragging.value ? 'panel list dragging' : 'panel list'}
      aria-label="Models for this machine"
      aria-busy={isRanking.value}
    >
      <div class="row list-head">
        <span class="rank" />
        <p class="who small muted">Model and why it is here</p>
        <Ruler lanes={lanes} end={end} />
        <p class="needs small muted">
          {context === undefined ? 'Needs' : `Needs at ${formatContext(context)}`}
        </p>
        <span class="get" />
      </div>
      <MachineRow machine={here} lanes={lanes} end={end} keep={keep} />
      <ol ref={box} class="rows" id="list" tabIndex={-1}>
        {lines}
      </ol>
      {rows.length === 0 && <EmptyList />}
      {hidden > 0 && (
        <p class="more">
          <button class="button" type="button" onClick={() => (showAll.value = true)}>
            Show all {matchingRows.value.length}
          </button>
          <span class="small muted">{FIRST_ROWS} are shown.</span>
        </p>
      )}
      <div class="list-foot">
        <Legend />
      </div>
    </section>
  )
}

/** Holds the place of the machine's row until it is known, so that nothing jumps. */
function WaitingList() {
  return (
    <section class="panel list" aria-busy="true" aria-label="Models for this machine">
      <div class="row list-head" />
      <div class="row machine-row">
        <span class="rank" />
        <div class="who">
          <p class="name">Looking at this machine…</p>
          <p class="small muted">The list follows in a moment.</p>
        </div>
      </div>
      <ol class="rows" id="list" tabIndex={-1} />
    </section>
  )
}
