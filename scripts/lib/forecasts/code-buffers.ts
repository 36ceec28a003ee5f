import { bytesOnLine, STEP_CELLS, type BufferLine } from '../../../src/memory/graph/buffer-line.js'
import { NO_LINE, UNIT_BYTES } from '../../../src/memory/known-buffers.js'
import { settingBefore } from '../../../src/memory/known-settings.js'
import { codeNumbers } from './code-numbers.js'

/** The lines of every setting of a model as the text that `KnownBuffers` reads. */
export function codeBuffers(settings: readonly (readonly BufferLine[])[]): string {
  const texts = settings.map((lines, index) => {
    const before = settingBefore(index)
    const known = before === null ? [] : (settings[before] ?? [])
    const text = codeLines(lines, known[0] ?? NO_LINE)
    return before !== null && text === codeLines(known, known[0] ?? NO_LINE) ? '' : text
  })
  return texts.join(';')
}

function codeLines(lines: readonly BufferLine[], before: BufferLine): string {
  return lines.map((line, index) => codeLine(line, lines[index - 1] ?? before)).join(' ')
}

/** What reads as nothing would read as the setting before. */
function codeLine(line: BufferLine, last: BufferLine): string {
  const expected = bytesOnLine(last, line.from_cells)
  const differences = [
    line.gpu_bytes - expected.gpu_bytes,
    line.gpu_step_bytes - last.gpu_step_bytes,
    line.host_bytes - expected.host_bytes,
    line.host_step_bytes - last.host_step_bytes,
  ].map((bytes) => bytes / UNIT_BYTES)
  const steps = (line.from_cells - last.from_cells) / STEP_CELLS
  const numbers = [steps, ...differences]
  if (!numbers.every(Number.isInteger)) throw new TypeError('a buffer is no multiple of its alignment')
  return codeNumbers(numbers) || '0'
}
