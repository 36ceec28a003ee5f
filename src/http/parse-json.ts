import { HttpFailure } from './http-failure.js'

/** Far more than any API nests. */
const MAX_DEPTH = 64

function isDeeperThan(text: string, maxDepth: number): boolean {
  let depth = 0
  let inString = false
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (inString) {
      if (code === 0x5c) index++
      else if (code === 0x22) inString = false
    } else if (code === 0x22) inString = true
    else if (code === 0x5b || code === 0x7b) {
      if (++depth > maxDepth) return true
    } else if (code === 0x5d || code === 0x7d) depth--
  }
  return false
}

/**
 * JSON of a server, nested at most 64 deep.
 *
 * @param where - Subject of the message: `The answer of http://127.0.0.1:1234/`.
 * @throws {HttpFailure} `bad_output`
 * @example parseJson('{"a":1}') // { a: 1 }
 */
export function parseJson(text: string, where = 'The answer'): unknown {
  if (isDeeperThan(text, MAX_DEPTH)) {
    throw new HttpFailure('bad_output', `${where} is JSON nested deeper than ${MAX_DEPTH} levels`)
  }
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new HttpFailure('bad_output', `${where} is not JSON`, { cause: error })
  }
}
