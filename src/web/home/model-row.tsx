import { useComputed } from '@preact/signals'
import { useEffect, useRef, useState } from 'preact/hooks'
import { formatContext, formatGib } from '../../units.js'
import type { Machine } from '../../machine.js'
import { describeBar } from '../bar/bar-sentence.js'
import { lanesOfPlacement } from '../bar/lanes.js'
import { LimitsBeside, MemoryBar } from '../bar/memory-bar.js'
import { InstallAction } from '../installed/install-action.js'
import { newestPlacement, rowKey, watchRow } from '../state/live-rows.js'
import { carriedQuery } from '../state/question.js'
import type { ListedRow } from '../state/ranking.js'
import { modelPath } from '../state/router.js'
import { keepBytes } from '../state/what-if.js'
import { BarDetails } from './bar-details.js'
import { reasonOf } from './reason.js'
import { TierBadge } from './tier-badge.js'

interface RowProps {
  row: ListedRow
  machine: Machine
  /** Kept free, in GiB. */
  keep: number
  end: number
  /** Limits of the devices, where they differ. */
  guides: readonly number[]
  /** Planned at the model's own context, which the row then says. */
  own: boolean
  /** The first row has the page's one filled button. */
  first: boolean
}

/** One model of the ranked list: why it is here, its bar, what it needs, how to get it. */
export function ModelRow({ row, machine, keep, end, guides, own, first }: RowProps) {
  const [open, setOpen] = useState(false)
  const { model, build } = row
  // Only a row whose own numbers have changed is drawn again.
  const { placement, verdict, context } = useComputed(() => newestPlacement(row)).value ?? row
  const box = useRef<HTMLLIElement>(null)
  const key = rowKey(model.id, build.quantization)
  useEffect(() => (box.current ? watchRow(box.current, key) : undefined), [key])
  const name = `${model.name} ${build.quantization}`
  const lanes = lanesOfPlacement(placement, machine, keepBytes({ keep }))
  return (
    <li ref={box} class="row" id={`row-${model.id}`} data-build={key}>
      <span class="rank" aria-label={row.rank === null ? 'Not ranked' : `Rank ${row.rank}`}>
        {row.rank ?? '–'}
      </span>
      <div class="who">
        <p class="name-line">
          <a class="name" href={modelPath(model.id) + carriedQuery.value}>
            {model.name}
          </a>{' '}
          <code class="unbroken">{build.quantization}</code>
        </p>
        <p class="why small muted">{reasonOf(row)}</p>
        <TierBadge model={model} />
      </div>
      <MemoryBar
        lanes={lanes}
        guides={guides}
        end={end}
        faded={placement.fit === 'none'}
        label={describeBar(name, placement)}
      />
      <div class="needs">
        <button class="amount" type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
          {formatGib(placement.needed_bytes)}
          <span class="unseen"> for {name}, details</span>
        </button>
        <p class={`small ${verdict.tone}`}>{verdict.short}</p>
        {own && <p class="small muted">at {formatContext(context)}</p>}
      </div>
      <div class="get">
        <InstallAction model={model} build={build} main={first} fits={placement.fit !== 'none'} />
      </div>
      {open && <BarDetails row={{ ...row, placement, verdict, context }} />}
      {open && <LimitsBeside lanes={lanes} guides={guides} end={end} />}
    </li>
  )
}
