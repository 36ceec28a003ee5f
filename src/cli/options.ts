import { AlmanacError } from '../errors.js'
import { parseBytes } from '../units.js'
import { KV_TYPES } from '../memory/index.js'
import type { KvType } from '../memory/index.js'
import type { CommandInput, OptionSpec } from './command.js'
import { suggest } from './suggest.js'

type Values = CommandInput['values']

export function textOption(values: Values, name: string): string | undefined {
  const value = values[name]
  return typeof value === 'string' ? value : undefined
}

/** A whole number in a range; `32K` is 32,768. */
export function countOption(
  values: Values,
  name: string,
  range: { min: number; max: number },
): number | undefined {
  const text = textOption(values, name)
  if (text === undefined) return undefined
  const match = /^(\d{1,9})([kK]?)$/.exec(text.trim())
  const count = match ? Number(match[1]) * (match[2] ? 1024 : 1) : NaN
  if (!(count >= range.min && count <= range.max)) {
    throw badValue(name, text, `a whole number from ${range.min} to ${range.max}`)
  }
  return count
}

/** An amount of memory: `24GiB`, `24GB`; a bare number is GiB. */
export function bytesOption(values: Values, name: string): number | undefined {
  const text = textOption(values, name)
  if (text === undefined) return undefined
  const bytes = parseBytes(text)
  if (bytes === null) throw badValue(name, text, 'an amount such as 24GiB, 24GB or 24')
  return bytes
}

/** One of a closed set, in any letter case. */
export function choiceOption<T extends string>(
  values: Values,
  name: string,
  choices: readonly T[],
): T | undefined {
  const text = textOption(values, name)
  if (text === undefined) return undefined
  const found = choices.find((choice) => choice === text.toLowerCase())
  if (found) return found
  const near = suggest(text, choices)
  throw badValue(name, text, `one of ${choices.join(', ')}`, near)
}

export function kvTypeOption(values: Values, name: string): KvType | undefined {
  return choiceOption(values, name, KV_TYPES)
}

/** A context length; more than any model was trained for is a typing error. */
export function contextOption(values: Values, name = 'context'): number | undefined {
  return countOption(values, name, { min: 1, max: 16_777_216 })
}

function badValue(name: string, text: string, wanted: string, near?: string): AlmanacError {
  const shown = text.length > 60 ? `${text.slice(0, 60)}…` : text
  return new AlmanacError(
    'BAD_USAGE',
    `--${name} takes ${wanted}, got "${shown}"`,
    near ? `did you mean "${near}"?` : undefined,
  )
}

/** Options of every command that looks at the machine. */
export const MACHINE_OPTIONS = {
  replay: { value: 'FILE', description: 'use a recorded machine (hardware --record) instead of this one' },
} as const satisfies Record<string, OptionSpec>
