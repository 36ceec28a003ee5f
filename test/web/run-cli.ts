import { cliJson } from '../../scripts/lib/site/cli-json.js'

/** The document that a command prints with `--json`. */
export async function runJson<T>(argv: readonly string[]): Promise<T> {
  const document: T = JSON.parse(await cliJson(argv))
  return document
}
