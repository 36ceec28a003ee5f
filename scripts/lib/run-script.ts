/** Wrong use of a script: exit code 2, one line. */
export class UsageError extends Error {
  readonly hint: string

  constructor(message: string, hint: string) {
    super(message)
    this.hint = hint
  }
}

/** Runs a script's main function and turns what it throws into one line and an exit code. */
export async function runScript(main: () => number | Promise<number>): Promise<void> {
  try {
    process.exitCode = await main()
  } catch (error) {
    process.exitCode = isUsage(error) ? 2 : 3
    process.stderr.write(`${describe(error)}\n`)
  }
}

function isUsage(error: unknown): error is Error {
  if (error instanceof UsageError) return true
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
}

function describe(error: unknown): string {
  if (error instanceof UsageError) return `${error.message}\n  hint: ${error.hint}`
  if (isUsage(error)) return `${error.message.split('\n')[0] ?? ''}\n  hint: --help lists the options`
  const reason =
    error instanceof Error ? `${error.name}: ${error.message.split('\n')[0] ?? ''}` : String(error)
  return `bug in the checker: ${reason}\n  hint: please report it with the file that you were editing`
}
