import { once } from 'node:events'
import { styleText } from 'node:util'

type Style = Parameters<typeof styleText>[0]

/** The world of one CLI run; tests pass their own. */
export interface Io {
  out(text: string): void
  /** Resolves when what was printed has left, or has room: who prints without end waits for it. */
  drained(): Promise<void>
  err(text: string): void
  env: Readonly<Record<string, string | undefined>>
  platform: NodeJS.Platform
  /** Width of the terminal, in columns; 80 where there is none. */
  columns: number
  /** Whether stdout is a terminal. */
  isTerminal: boolean
  /** Whether stderr is a terminal: progress goes there. */
  isErrTerminal: boolean
  /** Whether stdin is a terminal: only there can somebody be asked. */
  isInTerminal: boolean
  /** Aborted by Ctrl-C or a termination signal. */
  signal: AbortSignal
  /** Standard input as text, read on use. */
  readStdin(): AsyncIterable<Buffer | string>
  /** Colours a text where colours are wanted. */
  style(style: Style, text: string): string
}

/** Colours only on a terminal, and never where NO_COLOR is set to anything. */
export function wantsColor(env: Io['env'], isTerminal: boolean): boolean {
  return isTerminal && !env['NO_COLOR'] && env['TERM'] !== 'dumb'
}

/** The Io of the real process. */
export function processIo(signal: AbortSignal): Io {
  const { stdout, stderr, stdin, env, platform } = process
  const color = wantsColor(env, stdout.isTTY)
  return {
    out: (text) => void stdout.write(text),
    drained: async () => {
      if (stdout.writableNeedDrain) await once(stdout, 'drain')
    },
    err: (text) => void stderr.write(text),
    env,
    platform,
    get columns() {
      return stdout.columns ?? stderr.columns ?? 80
    },
    isTerminal: stdout.isTTY === true,
    isErrTerminal: stderr.isTTY === true,
    isInTerminal: stdin.isTTY === true,
    signal,
    readStdin: () => stdin,
    style: (style, text) => (color ? styleText(style, text, { validateStream: false }) : text),
  }
}
