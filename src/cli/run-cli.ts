import { AlmanacError } from '../errors.js'
import type { Command } from './command.js'
import { COMMANDS, loadCommand } from './commands.js'
import { exitCodeOf } from './exit-code.js'
import { commandHelp, overviewHelp } from './help.js'
import type { Io } from './io.js'
import { parseCommandLine } from './parse-command-line.js'
import { suggest } from './suggest.js'
import { readVersion } from './version.js'

/** Runs one command line. Never throws: errors become one line on stderr (or JSON) and an exit code. */
export async function runCli(argv: readonly string[], io: Io): Promise<number> {
  try {
    return await dispatch(argv, io)
  } catch (error) {
    return report(error, { argv, io, command: await calledCommand(argv) })
  }
}

/** The command that a command line calls, as far as that can be told. */
async function calledCommand(argv: readonly string[]): Promise<Command | undefined> {
  const first = argv[0]
  return first === undefined || first.startsWith('-') ? undefined : loadCommand(first)
}

async function dispatch(argv: readonly string[], io: Io): Promise<number> {
  const first = argv[0]
  if (first === '--help' || first === '-h' || first === 'help') {
    const asked = first === 'help' ? argv[1] : undefined
    io.out(asked ? commandHelp(await commandOf(asked)) : overviewHelp())
    return 0
  }
  if (first === '--version' || first === '-V') {
    io.out(`${readVersion()}\n`)
    return 0
  }
  const named = first !== undefined && !first.startsWith('-')
  const command = await commandOf(named ? first : 'recommend')
  const rest = named ? argv.slice(1) : argv
  if (asksForHelp(rest)) {
    io.out(commandHelp(command))
    return 0
  }
  return command.run(parseCommandLine(command, rest), io)
}

function asksForHelp(rest: readonly string[]): boolean {
  const end = rest.indexOf('--')
  return (end < 0 ? rest : rest.slice(0, end)).some((word) => word === '--help' || word === '-h')
}

async function commandOf(name: string): Promise<Command> {
  const command = await loadCommand(name)
  if (command) return command
  const near = suggest(name, Object.keys(COMMANDS))
  throw new AlmanacError(
    'BAD_USAGE',
    `there is no command "${name}"`,
    near ? `did you mean "${near}"?` : 'llm-almanac --help lists the commands',
  )
}

function report(
  error: unknown,
  { argv, io, command }: { argv: readonly string[]; io: Io; command: Command | undefined },
): number {
  const { code, message, hint = null } = toAlmanacError(error)
  if (argv.includes('--json')) {
    const fields = { code, message, hint }
    io.out(`${JSON.stringify(command?.describeError?.(fields) ?? { error: fields })}\n`)
  }
  io.err(`llm-almanac: ${oneLine(hint ? `${message.replace(/\.$/, '')}; ${hint}` : message)}\n`)
  return exitCodeOf(code)
}

function toAlmanacError(error: unknown): AlmanacError {
  if (error instanceof AlmanacError) return error
  const message = error instanceof Error ? error.message : String(error)
  return new AlmanacError(
    'INTERNAL',
    `a bug in llm-almanac: ${message}`,
    'please report it with the command that you ran',
  )
}

function oneLine(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ')
}
