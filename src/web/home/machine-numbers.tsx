import { GIB } from '../../units.js'
import { askedCard, measured } from '../state/machine.js'
import { IS_STATIC } from '../state/page-mode.js'
import { resetWhatIf, settle, whatIf } from '../state/question.js'
import { ASSUMED_RAM_GIB } from '../state/what-if-machine.js'
import { NumberField } from './number-field.js'

/** The numbers of a machine that is only imagined, and the way back. */
export function MachineNumbers({ id }: { id: string }) {
  const asked = whatIf.value
  const card = askedCard.value
  const total = measured.value?.ram.total_bytes ?? null
  const hasCard = card !== 'none' && card !== null
  return (
    <div class="machine-numbers">
      {hasCard && (
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
        value={asked.ram ?? (total === null ? ASSUMED_RAM_GIB : Math.round(total / GIB))}
        least={1}
        most={4096}
        step={1}
        onChange={(ram) => settle({ ram })}
      />
      {hasCard && (
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
  )
}
