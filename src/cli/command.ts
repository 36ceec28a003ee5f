import type { ErrorCode } from '../errors.js'
import type { Io } from './io.js'

/** One option of a command; `value` names its argument in the help, absent for a switch. */
export interface OptionSpec {
  value?: string
  short?: string
  description: string
}

export interface CommandInput {
  values: Readonly<Record<string, string | boolean | undefined>>
  positionals: readonly string[]
}

export interface ErrorFields {
  code: ErrorCode
  message: string
  hint: string | null
}

export interface Command {
  name: string
  /** Positional arguments as the usage line shows them. */
  arguments?: string
  summary: string
  options: Readonly<Record<string, OptionSpec>>
  examples: readonly string[]
  /** How `--json` reports an error; default `{"error":{code,message,hint}}`. */
  describeError?(error: ErrorFields): object
  /** @returns The exit code: 0 done, 1 the answer is no, 2 wrong use, 3 something failed. */
  run(input: CommandInput, io: Io): Promise<number>
}

export const JSON_OPTION: OptionSpec = { description: 'print JSON for scripts' }
