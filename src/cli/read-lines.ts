/** A name is at most some hundred characters; what a line has beyond this is dropped, so that memory is bounded. */
const MAX_LENGTH = 65_536

/**
 * The lines of a stream as they arrive. Only LF ends one, with or without CR in front: a name may hold any
 * other line separator of Unicode, and one line must stay one line.
 *
 * Bytes that are no UTF-8 become U+FFFD; a byte order mark in front is dropped. A last line needs no LF.
 *
 * @example 'a\r\n\nb' has the lines 'a', '' and 'b'
 */
export async function* readLines(input: AsyncIterable<Buffer | string>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of input) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk
    const lines = decoder.decode(bytes, { stream: true }).split('\n')
    lines[0] = rest + (lines[0] ?? '')
    rest = (lines.pop() ?? '').slice(0, MAX_LENGTH)
    yield* lines.map(endLine)
  }
  rest += decoder.decode()
  if (rest !== '') yield endLine(rest)
}

function endLine(line: string): string {
  return line.replace(/\r$/, '').slice(0, MAX_LENGTH)
}
