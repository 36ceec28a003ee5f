import { settle, whatIf } from '../state/question.js'
import { KV_CHOICES } from '../state/what-if.js'

/** The type that keys and values are cached in. */
export function KvChoiceField({ name }: { name: string }) {
  const { kv } = whatIf.value
  return (
    <div class="field">
      <span class="field-label" id={`${name}-label`}>
        KV cache type
      </span>
      <div class="choice" role="radiogroup" aria-labelledby={`${name}-label`}>
        {KV_CHOICES.map((choice) => (
          <label key={choice}>
            <input
              type="radio"
              name={name}
              value={choice}
              checked={choice === kv}
              onChange={() => settle({ kv: choice })}
            />
            {choice}
          </label>
        ))}
      </div>
    </div>
  )
}
