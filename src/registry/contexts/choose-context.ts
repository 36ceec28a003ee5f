import { DEFAULT_CONTEXT } from '../../../generated/providers.js'
import { AlmanacError } from '../../errors.js'

/** Where neither the call nor the user nor the catalog says one, in tokens. */
export const FALLBACK_CONTEXT = DEFAULT_CONTEXT

/** What is known of a model's context length, in tokens; `null` is unknown. */
export interface ContextLimits {
  default: number | null
  /** Trained; asking for more is refused. */
  max: number | null
}

export interface ChosenContext {
  tokens: number
  source: 'call' | 'saved' | 'default' | 'fallback'
}

/**
 * A context length that a model can have: a whole number from 1 to its trained maximum.
 *
 * @throws {AlmanacError} `BAD_USAGE` for what is no such number, `CONTEXT_TOO_LONG` above the maximum.
 */
export function checkContext(tokens: unknown, limits: ContextLimits): number {
  if (typeof tokens !== 'number' || !Number.isSafeInteger(tokens) || tokens < 1) {
    throw new AlmanacError('BAD_USAGE', 'A context length is a whole number of tokens, 1 or more', 'Try 8192')
  }
  if (limits.max !== null && tokens > limits.max) {
    const message = `The model was trained for ${limits.max} tokens of context; ${tokens} is more`
    throw new AlmanacError('CONTEXT_TOO_LONG', message, `Use at most ${limits.max}`)
  }
  return tokens
}

/**
 * The context length to use: of this call, else saved, else the model's default, else 8192; the last three are cut
 * to the trained maximum.
 *
 * @throws {AlmanacError} Where the call asks for what the model cannot have.
 * @example chooseContext({ saved: 16384 }, { default: 32768, max: 40960 }) // { tokens: 16384, source: 'saved' }
 */
export function chooseContext(
  wanted: { call?: number | undefined; saved?: number | undefined },
  limits: ContextLimits,
): ChosenContext {
  if (wanted.call !== undefined) return { tokens: checkContext(wanted.call, limits), source: 'call' }
  const max = limits.max ?? Infinity
  if (wanted.saved !== undefined) return { tokens: Math.min(wanted.saved, max), source: 'saved' }
  if (limits.default !== null) return { tokens: Math.min(limits.default, max), source: 'default' }
  return { tokens: Math.min(FALLBACK_CONTEXT, max), source: 'fallback' }
}
