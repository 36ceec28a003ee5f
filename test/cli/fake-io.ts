import type { Io } from '../../src/cli/io.js'

export interface FakeIo extends Io {
  stdout(): string
  stderr(): string
}

/** A terminal of 80 columns without colours that keeps what is printed. */
export function fakeIo(more: Partial<Io> = {}): FakeIo {
  const out: string[] = []
  const err: string[] = []
  return {
    out: (text) => void out.push(text),
    drained: () => Promise.resolve(),
    err: (text) => void err.push(text),
    env: {},
    platform: 'linux',
    columns: 80,
    isTerminal: false,
    isErrTerminal: false,
    isInTerminal: false,
    signal: new AbortController().signal,
    readStdin: async function* () {},
    style: (_style, text) => text,
    stdout: () => out.join(''),
    stderr: () => err.join(''),
    ...more,
  }
}
