import { useRef } from 'preact/hooks'
import { formatContext } from '../../units.js'
import { CONTEXT_STOPS, nearestStop } from '../state/context-stops.js'
import { drag, settle, step, whatIf } from '../state/question.js'
import type { WhatIf } from '../state/what-if.js'
import { keyStep } from '../state/slider-keys.js'

const LAST = CONTEXT_STOPS.length

/** Position 0 is "each model's own"; then one position a stop. */
function changeAt(position: number): Pick<Partial<WhatIf>, 'context'> {
  return { context: position === 0 ? undefined : CONTEXT_STOPS[position - 1] } as object
}

function describe(context: number | undefined): string {
  return context === undefined ? "Each model's own (up to 32K)" : `${context.toLocaleString('en')} tokens`
}

/** The context length for all models at once; bars follow while it moves, the order when it rests. */
export function ContextSlider({ id }: { id: string }) {
  const { context } = whatIf.value
  const byKey = useRef(false)
  const position = context === undefined ? 0 : nearestStop(CONTEXT_STOPS, context) + 1
  return (
    <div class="field context-field">
      <label class="field-label" for={id}>
        <span>Context</span>
        <strong>{describe(context)}</strong>
      </label>
      <input
        id={id}
        class="slider"
        type="range"
        min={0}
        max={LAST}
        step={1}
        value={position}
        aria-valuetext={
          context === undefined ? describe(context) : `${describe(context)}, ${formatContext(context)}`
        }
        onPointerDown={() => (byKey.current = false)}
        onInput={({ currentTarget }) => drag(changeAt(Number(currentTarget.value)))}
        onChange={({ currentTarget }) =>
          (byKey.current ? step : settle)(changeAt(Number(currentTarget.value)))
        }
        onKeyDown={(event) => {
          byKey.current = true
          const next = keyStep(event.key, position, CONTEXT_STOPS, 1)
          if (next === null) return
          event.preventDefault()
          step(changeAt(next))
        }}
      />
    </div>
  )
}
