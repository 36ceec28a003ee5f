import type { Io } from './io.js'

/** One JSON document, indented for people who look at it. */
export function printJson(io: Io, value: unknown): void {
  io.out(`${JSON.stringify(value, null, 2)}\n`)
}
