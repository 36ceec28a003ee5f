interface NumberFieldProps {
  id: string
  label: string
  /** Null: nothing said. */
  value: number | null
  least: number
  most: number
  step: number
  onChange: (value: number) => void
}

/** A number that a person types; what is out of range is clamped when the field is left. */
export function NumberField({ id, label, value, least, most, step, onChange }: NumberFieldProps) {
  const change = (input: HTMLInputElement) => {
    const typed = Number(input.value)
    if (input.value.trim() === '' || !Number.isFinite(typed)) {
      input.value = value === null ? '' : String(value)
      return
    }
    const clamped = Math.min(
      most,
      Math.max(least, step >= 1 ? Math.round(typed) : Math.round(typed * 1000) / 1000),
    )
    input.value = String(clamped)
    if (clamped !== value) onChange(clamped)
  }
  return (
    <div class="field number">
      <label class="field-label" for={id}>
        {label}
      </label>
      <input
        id={id}
        class="text-field"
        type="number"
        inputMode="decimal"
        min={least}
        max={most}
        step="any"
        value={value ?? ''}
        onChange={(event) => change(event.currentTarget)}
      />
    </div>
  )
}
