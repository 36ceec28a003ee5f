import { createInterface } from 'node:readline/promises'
import { Readable } from 'node:stream'
import { AlmanacError } from '../errors.js'
import type { Io } from './io.js'

/**
 * Asks yes or no on the terminal; anything but yes is no.
 *
 * @throws {AlmanacError} `BAD_USAGE` where nobody can be asked: what comes through a pipe is no answer.
 */
export async function confirm(question: string, io: Io): Promise<boolean> {
  if (!io.isInTerminal) {
    throw new AlmanacError(
      'BAD_USAGE',
      'there is no terminal to ask on, so nothing was removed',
      'add --yes to remove it without asking',
    )
  }
  io.err(`${question} [y/N] `)
  const lines = createInterface({ input: Readable.from(io.readStdin()), signal: io.signal })
  try {
    for await (const line of lines) return /^y(es)?$/i.test(line.trim())
  } catch {
    throw new AlmanacError('CANCELLED', 'interrupted')
  } finally {
    lines.close()
  }
  return false
}
