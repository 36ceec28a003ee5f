import { formatContext } from '../../units.js'
import { CONTEXT_STOPS, nearestStop } from '../state/context-stops.js'
import { drag, settle, whatIf } from '../state/question.js'
import { keyStep } from '../state/slider-keys.js'

const LAST = CONTEXT_STOPS.length

/** Position 0 is "each model's own"; then one position a stop. */
function tokensAt(position: number): number | undefined {
  return position === 0 ? undefined : CONTEXT_STOPS[position - 1]
}

function describe(context: number | undefined): string {
  return context === undefined ? "Each model's own (up to 32K)" : `${context.toLocaleString('en')} tokens`
}

/** The context length for all models at once; bars follow while it moves, the order when it rests. */
export function ContextSlider({ id }: { id: string }) {
  const { context } = whatIf.value
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
        onInput={(event) => drag({ context: tokensAt(Number(event.currentTarget.value)) } as object)}
        onChange={(event) => settle({ context: tokensAt(Number(event.currentTarget.value)) } as object)}
        onKeyDown={(event) => {
          const next = keyStep(event.key, position, CONTEXT_STOPS, 1)
          if (next === null) return
          event.preventDefault()
          settle({ context: tokensAt(next) } as object)
        }}
      />
    </div>
  )
}
