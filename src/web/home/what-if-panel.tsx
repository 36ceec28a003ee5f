import { isWhatIf } from '../state/machine.js'
import { IS_STATIC } from '../state/page-mode.js'
import { ContextSlider } from './context-slider.js'
import { KvChoiceField } from './kv-choice.js'
import { MachineNumbers } from './machine-numbers.js'
import { MachinePicker } from './machine-picker.js'

/** Context, cache type and machine: what moves every bar. */
export function WhatIfPanel({ id }: { id: string }) {
  return (
    <section class="what-if" aria-label="What if">
      <ContextSlider id={`${id}-context`} />
      <KvChoiceField name={`${id}-kv`} />
      <MachinePicker id={`${id}-machine`} />
      {(isWhatIf.value || IS_STATIC) && <MachineNumbers id={id} />}
    </section>
  )
}
