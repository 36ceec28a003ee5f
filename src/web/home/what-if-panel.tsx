import { resetWhatIf, settle, whatIf } from '../state/question.js'
import { isWhatIf } from '../state/machine.js'
import { IS_STATIC } from '../state/page-mode.js'
import { cardOf } from '../state/what-if-machine.js'
import { ContextSlider } from './context-slider.js'
import { KvChoiceField } from './kv-choice.js'
import { MachinePicker } from './machine-picker.js'
import { NumberField } from './number-field.js'

/** Context, cache type and machine: what moves every bar. */
export function WhatIfPanel({ id }: { id: string }) {
  const asked = whatIf.value
  const card = cardOf(asked)
  const imagined = isWhatIf.value
  return (
    <section class="what-if" aria-label="What if">
      <ContextSlider id={`${id}-context`} />
      <KvChoiceField name={`${id}-kv`} />
      <MachinePicker id={`${id}-machine`} />
      {(imagined || IS_STATIC) && (
        <div class="machine-numbers">
          {card !== 'none' && card !== null && (
            <NumberField
              id={`${id}-count`}
              label="How many"
              value={asked.count}
              least={1}
              most={16}
              step={1}
              onChange={(count) => settle({ count })}
            />
          )}
          <NumberField
            id={`${id}-ram`}
            label="System memory, GiB"
            value={asked.ram ?? null}
            least={1}
            most={4096}
            step={1}
            onChange={(ram) => settle({ ram })}
          />
          {card !== 'none' && card !== null && (
            <NumberField
              id={`${id}-used`}
              label="Assumed in use, GiB"
              value={asked.used}
              least={0}
              most={512}
              step={0.1}
              onChange={(used) => settle({ used })}
            />
          )}
          <NumberField
            id={`${id}-keep`}
            label="Keep free, GiB"
            value={asked.keep}
            least={0}
            most={64}
            step={0.5}
            onChange={(keep) => settle({ keep })}
          />
          <button class="button" type="button" onClick={resetWhatIf}>
            {IS_STATIC ? 'Reset' : 'Back to this machine'}
          </button>
        </div>
      )}
    </section>
  )
}
