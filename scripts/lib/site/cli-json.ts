import { runCli } from '../../../src/cli/run-cli.js'
import type { Io } from '../../../src/cli/io.js'

/** What a command prints with `--json`: the site's files are the command line's own documents. */
export async function cliJson(argv: readonly string[]): Promise<string> {
  let text = ''
  const io: Io = {
    out: (part) => void (text += part),
    err: () => {},
    env: {},
    platform: process.platform,
    columns: 80,
    isTerminal: false,
    isErrTerminal: false,
    isInTerminal: false,
    signal: new AbortController().signal,
    drained: () => Promise.resolve(),
    readStdin: async function* () {},
    style: (_, part) => part,
  }
  const code = await runCli([...argv, '--json'], io)
  if (code !== 0) throw new Error(`llm-almanac ${argv.join(' ')} ended with ${code}`)
  return text
}
