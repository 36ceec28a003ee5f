import type { ComputeBytes } from './allocate.js'

/** Contexts are rounded up to so many cells, so that buffers grow in steps. */
export const STEP_CELLS = 256

/** Compute buffers over a range of contexts in which both grow evenly. */
export interface BufferLine {
  from_cells: number
  /** The last cells of the range; Infinity: all longer contexts. */
  to_cells: number
  /** At `from_cells`, and more with every 256 cells. */
  gpu_bytes: number
  gpu_step_bytes: number
  host_bytes: number
  host_step_bytes: number
}

/** Buffers at cells within a line's range. */
export function bytesOnLine(line: BufferLine, cells: number): ComputeBytes {
  const steps = (cells - line.from_cells) / STEP_CELLS
  return {
    gpu_bytes: line.gpu_bytes + steps * line.gpu_step_bytes,
    host_bytes: line.host_bytes + steps * line.host_step_bytes,
  }
}
