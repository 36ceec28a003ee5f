import { parseArgs } from 'node:util'
import { AlmanacError } from '../errors.js'
import type { Command, CommandInput } from './command.js'
import { suggest } from './suggest.js'

/** Reads a command's options. @throws {AlmanacError} `BAD_USAGE` for an option that it does not have. */
export function parseCommandLine(command: Command, argv: readonly string[]): CommandInput {
  const options: Record<string, { type: 'string' | 'boolean'; short?: string }> = {}
  for (const [name, spec] of Object.entries(command.options)) {
    options[name] = { type: spec.value ? 'string' : 'boolean', ...(spec.short ? { short: spec.short } : {}) }
  }
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      options,
      allowPositionals: true,
      strict: true,
    })
    checkPositionals(command, positionals)
    return { values, positionals }
  } catch (error) {
    if (error instanceof AlmanacError) throw error
    throw explain(error, command)
  }
}

function checkPositionals(command: Command, positionals: readonly string[]): void {
  if (!command.arguments && positionals.length > 0) {
    throw new AlmanacError(
      'BAD_USAGE',
      `${command.name} takes no argument, got "${positionals[0]}"`,
      helpHint(command),
    )
  }
}

function explain(error: unknown, command: Command): AlmanacError {
  const message = error instanceof Error ? error.message : String(error)
  const value = explainValue(message)
  if (value) return value
  const unknown = /^Unknown option '(-+[^']*)'/.exec(message)?.[1]
  if (!unknown) return new AlmanacError('BAD_USAGE', message.split('.')[0] ?? message, helpHint(command))
  const near = suggest(unknown.replace(/^-+/, ''), Object.keys(command.options))
  return new AlmanacError(
    'BAD_USAGE',
    `${command.name} has no option ${unknown}`,
    near ? `did you mean --${near}?` : helpHint(command),
  )
}

/** What node says of an option's value, in the words of the other messages. */
function explainValue(message: string): AlmanacError | null {
  const [, option, what] =
    /^Option '(?:-\w, )?(--[^' ]+)[^']*' (argument missing|argument is ambiguous|does not take)/.exec(
      message,
    ) ?? []
  if (option === undefined) return null
  if (what === 'does not take')
    return new AlmanacError('BAD_USAGE', `${option} takes no value`, 'leave it out')
  if (what === 'argument missing') return new AlmanacError('BAD_USAGE', `${option} has no value`, 'add one')
  return new AlmanacError(
    'BAD_USAGE',
    `${option} has no value, or one that begins with a dash`,
    `write ${option}=VALUE`,
  )
}

function helpHint(command: Command): string {
  return `llm-almanac ${command.name} --help lists its options`
}
