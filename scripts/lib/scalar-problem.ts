import { findHidden, type Problem } from './decode-text.js'
import { show } from './show.js'

type Words = Omit<Problem, 'line' | 'col'>

/** Decimal digits as JSON writes them; a leading plus is harmless. */
export const PLAIN_NUMBER = /^[-+]?(0|[1-9][0-9]*)(\.[0-9]+)?(e[-+]?[0-9]+)?$/i

/** What is wrong with a number whatever its field: not finite, not exact, or not what it looks like. */
export function numberProblem(value: number, source: unknown): Words | undefined {
  const written = typeof source === 'string' ? source.slice(0, 40) : String(value)
  const rule = 'yaml/number'
  if (!Number.isFinite(value) && !/[0-9]/.test(written))
    return {
      rule,
      message: `${written} is no number that can be stored`,
      hint: 'leave the field out where the figure is unknown',
    }
  if (Math.abs(value) > Number.MAX_SAFE_INTEGER)
    return {
      rule,
      message: `the number ${written} is too large to be stored exactly`,
      hint: 'count the digits: the largest whole number is 9007199254740991; put a text such as a hash in double quotes',
    }
  if (PLAIN_NUMBER.test(written)) return undefined
  return {
    rule,
    message: `the number ${written} is not written in plain decimal digits`,
    hint: `write ${value}, or put it in double quotes where it is a text`,
  }
}

/** Letters of two alphabets in one word: one of them only looks like the other. */
const LOOKALIKE =
  /\p{Script=Latin}[\p{Script=Cyrillic}\p{Script=Greek}]|[\p{Script=Cyrillic}\p{Script=Greek}]\p{Script=Latin}/u

const PLACEHOLDER = /^(todo|tbd|tba|fixme|xxx+|changeme|n\/a|unknown|\?+|\.\.\.|…)$/i
const UNKNOWN = /^(n\/a|unknown|\?+)$/i
const PLACEHOLDER_INSIDE = /\b(TODO|TBD|FIXME)\b/

/** What is wrong with a text whatever its field. */
export function textProblem(text: string): Words | undefined {
  if (/[\t\n\r\u0085]/.test(text))
    return {
      rule: 'text/hidden-character',
      message: 'the text has a line break or a tab; every text is one line',
      hint: 'write it in one line, or with >- before the first line',
    }
  const hidden = findHidden(text)
  if (hidden)
    return {
      rule: 'text/hidden-character',
      message: `the text has the control or invisible character ${hidden.name}`,
      hint: 'remove the character',
    }
  if (LOOKALIKE.test(text))
    return {
      rule: 'text/lookalike',
      message: `${show(text)} has Latin and other letters in one word`,
      hint: 'one of them only looks like a Latin letter: type the word again',
    }
  if (text.trim() === '')
    return {
      rule: 'text/blank',
      message: 'the text is empty',
      hint: 'fill it in, or remove the field: unknown is absent',
    }
  if (text !== text.trim())
    return {
      rule: 'text/blank',
      message: `${show(text)} starts or ends with a blank`,
      hint: `write ${show(text.trim())}`,
    }
  if (PLACEHOLDER.test(text) || PLACEHOLDER_INSIDE.test(text))
    return {
      rule: 'text/placeholder',
      message: `${show(text)} is a placeholder`,
      hint: UNKNOWN.test(text)
        ? 'remove the field: unknown is absent; tools alone is null then'
        : 'write the fact, or remove the field: unknown is absent',
    }
  return undefined
}
