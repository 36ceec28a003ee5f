import { AlmanacError } from '../errors.js'

const HINT = 'download the file again, or convert the model anew'

/** A file that is damaged or not what it should be. */
export const badFile = (message: string, hint = HINT): AlmanacError =>
  new AlmanacError('BAD_FILE', message, hint)

/** Text from a file, for a message: one line, no control characters, cut to a length. */
export function shownName(text: string, length = 60): string {
  const clean = text.replace(/[\p{Cc}\p{Cs}\p{Cf}]/gu, '?')
  return clean.length > length ? `${clean.slice(0, length)}…` : clean
}
