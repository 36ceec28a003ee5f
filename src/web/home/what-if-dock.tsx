import { signal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { formatContext } from '../../units.js'
import { machine } from '../state/machine.js'
import { whatIf } from '../state/question.js'
import { chatModels, fittingRows } from '../state/ranking.js'
import { machineName } from './machine-row.js'
import { WhatIfPanel } from './what-if-panel.js'

const open = signal(false)

/** On phones: what is asked, always in view, and a sheet that leaves the first rows visible. */
export function WhatIfDock() {
  const asked = whatIf.value
  const here = machine.value
  const context = asked.context === undefined ? 'Own context' : `${formatContext(asked.context)} context`
  return (
    <div class={open.value ? 'dock open' : 'dock'}>
      {open.value ? (
        <Sheet />
      ) : (
        <>
          <div class="dock-text">
            <p class="strong">
              {context}, {asked.kv}
            </p>
            <p class="small muted">{here ? machineName(here) : ''}</p>
          </div>
          <button class="button" type="button" aria-haspopup="dialog" onClick={() => (open.value = true)}>
            What if…
          </button>
        </>
      )}
    </div>
  )
}

function Sheet() {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.querySelector('input')?.focus(), [])
  return (
    <div
      ref={box}
      class="sheet"
      role="dialog"
      aria-label="What if"
      onKeyDown={(event) => {
        if (event.key === 'Escape') open.value = false
      }}
    >
      <div class="sheet-head">
        <h2>What if…</h2>
        <button class="button" type="button" onClick={() => (open.value = false)}>
          Done
        </button>
      </div>
      <WhatIfPanel id="sheet" />
      <p class="small muted">
        {fittingRows.value.length} of {chatModels.length} run.
      </p>
    </div>
  )
}
