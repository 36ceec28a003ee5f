import { findForecast } from '../catalog/forecast-lookup.js'
import { readNumbers } from './coded-numbers.js'
import type { ComputeBytes } from './graph/allocate.js'
import { bytesOnLine, STEP_CELLS, type BufferLine } from './graph/buffer-line.js'
import { hostSettingOf, settingBefore, settingOf } from './known-settings.js'
import type { NormalizedLoad } from './load.js'
import type { ModelShape } from './model-shape.js'

/** All sizes are multiples of what host memory is aligned to. */
export const UNIT_BYTES = 32

/** Buffers of a catalog model with everything on the GPU where generation has worked them out; else `null`. */
export function knownCompute(shape: ModelShape, load: NormalizedLoad): ComputeBytes | null {
  const model = modelOf(shape)
  return model && bytesIn(model, settingOf(shape, load), load.cells)
}

/** The buffer of a catalog model on a machine without a GPU, in bytes, likewise. */
export function knownHostCompute(shape: ModelShape, load: NormalizedLoad): number | null {
  const model = modelOf(shape)
  return model && (bytesIn(model, hostSettingOf(load), load.cells)?.host_bytes ?? null)
}

function bytesIn(model: KnownBuffers, setting: number | null, cells: number): ComputeBytes | null {
  if (setting === null) return null
  const line = model.linesOf(setting).findLast(({ from_cells }) => from_cells <= cells)
  return line ? bytesOnLine(line, cells) : null
}

const models = new WeakMap<ModelShape, KnownBuffers | null>()

function modelOf(shape: ModelShape): KnownBuffers | null {
  let model = models.get(shape)
  if (model === undefined) {
    const text = findForecast(shape.architecture)?.compute_buffers
    model = text === undefined ? null : new KnownBuffers(text)
    models.set(shape, model)
  }
  return model
}

/**
 * The coded buffers of one model, read when asked for. Settings are apart by `;`, the lines of each by blanks. A
 * line is told by how it differs from the one before at the same cells: steps of 256 cells further on, then bytes
 * and growth on the GPU and on the host, in units of 32 bytes. The first line differs from that of the setting
 * before; an empty setting is the same as that.
 */
export class KnownBuffers {
  readonly #texts: readonly string[]
  readonly #lines: (readonly BufferLine[] | undefined)[] = []

  constructor(text: string) {
    this.#texts = text.split(';')
  }

  linesOf(setting: number): readonly BufferLine[] {
    let lines = this.#lines[setting]
    if (!lines) {
      lines = this.#read(setting)
      this.#lines[setting] = lines
    }
    return lines
  }

  #read(setting: number): readonly BufferLine[] {
    const before = settingBefore(setting)
    const known = before === null ? [] : this.linesOf(before)
    const text = this.#texts[setting]
    if (text === undefined || text === '') return known
    let last = known[0] ?? NO_LINE
    return text.split(' ').map((line) => {
      last = nextLine(last, readNumbers(line))
      return last
    })
  }
}

export const NO_LINE: BufferLine = {
  from_cells: 0,
  to_cells: Infinity,
  gpu_bytes: 0,
  gpu_step_bytes: 0,
  host_bytes: 0,
  host_step_bytes: 0,
}

function nextLine(last: BufferLine, differences: readonly number[]): BufferLine {
  const [steps = 0, gpu = 0, gpuStep = 0, host = 0, hostStep = 0] = differences
  return {
    from_cells: last.from_cells + steps * STEP_CELLS,
    to_cells: Infinity,
    gpu_bytes: last.gpu_bytes + steps * last.gpu_step_bytes + gpu * UNIT_BYTES,
    gpu_step_bytes: last.gpu_step_bytes + gpuStep * UNIT_BYTES,
    host_bytes: last.host_bytes + steps * last.host_step_bytes + host * UNIT_BYTES,
    host_step_bytes: last.host_step_bytes + hostStep * UNIT_BYTES,
  }
}
