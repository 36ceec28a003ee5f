import type { ModelRow } from '../../../generated/types.js'
import { flashAttentionOf } from '../../../src/memory/flash-choice.js'
import type { BufferLine } from '../../../src/memory/graph/buffer-line.js'
import { bytesOnLine, STEP_CELLS } from '../../../src/memory/graph/buffer-line.js'
import { hostGraphOf, runsFlashOnHost } from '../../../src/memory/host-compute.js'
import { tapeOf } from '../../../src/memory/kept-results.js'
import { isHostSetting, settingAt } from '../../../src/memory/known-settings.js'
import { normalizeLoad } from '../../../src/memory/load.js'
import { prepareModel } from '../../../src/memory/model-shape.js'
import { graphOf, NO_HOST_WEIGHTS } from '../../../src/memory/simulate-compute.js'

/** The shortest context with llama.cpp's default batch. */
const FIRST_TOKENS = 512

/** Compute buffers of a model whole on one device in one setting, at every context that llama.cpp takes. */
export function bufferLinesOf(architecture: ModelRow['architecture'], setting: number): BufferLine[] {
  const shape = prepareModel(architecture)
  const asked = normalizeLoad(shape, { ...settingAt(setting), context: FIRST_TOKENS })
  const onHost = isHostSetting(setting)
  const flash_attention = onHost ? runsFlashOnHost(shape, asked) : flashAttentionOf(shape, asked)
  const load = { ...asked, flash_attention }
  const tape = tapeOf(load, load, onHost ? hostGraphOf(shape) : graphOf(shape, NO_HOST_WEIGHTS))
  if (!tape) throw new TypeError(`the graph of ${shape.name} is not the same at every context`)
  return joinLines((cells) => tape.lineFrom(cells, load.window_limit_cells), load.cells)
}

/** Ranges one after the other, those that lie on one line as one. */
function joinLines(lineFrom: (cells: number) => BufferLine, first: number): BufferLine[] {
  const lines: BufferLine[] = []
  let cells = first
  while (Number.isFinite(cells)) {
    const line = lineFrom(cells)
    const last = lines.at(-1)
    if (!last || !continues(last, line)) lines.push(line)
    cells = line.to_cells + STEP_CELLS
  }
  return lines
}

function continues(last: BufferLine, line: BufferLine): boolean {
  const { gpu_bytes, host_bytes } = bytesOnLine(last, line.from_cells)
  return (
    gpu_bytes === line.gpu_bytes &&
    host_bytes === line.host_bytes &&
    last.gpu_step_bytes === line.gpu_step_bytes &&
    last.host_step_bytes === line.host_step_bytes
  )
}
