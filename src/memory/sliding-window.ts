import type { Architecture } from '../../generated/types.js'

interface WindowRule {
  /** Period of the pattern where the file names none. */
  period: number
  /** The block with full attention comes first in each period, not last. */
  denseFirst?: true
  /** Window in tokens where the file names none. */
  window?: number
  /** The window counts whatever the file names. */
  fixedWindow?: true
  /** Only with this many blocks. */
  onlyBlocks?: number
}

/**
 * Architectures with sliding-window blocks in llama.cpp v0.5.0 (`load_swa_pattern` and `swa_type` in
 * src/models/*.cpp). phi3 is not here: llama.cpp ignores the window that its files name.
 */
const RULES: Readonly<Record<string, WindowRule>> = {
  afmoe: { period: 4 },
  cohere2: { period: 4 },
  cohere2moe: { period: 4, denseFirst: true },
  'exaone-moe': { period: 4, window: 128 },
  exaone4: { period: 4, window: 4096, onlyBlocks: 64 },
  gemma2: { period: 2, window: 4096 },
  gemma3: { period: 6 },
  gemma3n: { period: 5 },
  laguna: { period: 4, denseFirst: true },
  llama4: { period: 4, window: 8192, fixedWindow: true },
  mellum: { period: 4 },
  'modern-bert': { period: 3, denseFirst: true },
  'gemma-embedding': { period: 6 },
  'muse-glimmer': { period: 4 },
  olmo2: { period: 4 },
  'gpt-oss': { period: 2 },
  plamo3: { period: 8 },
  smallthinker: { period: 4, denseFirst: true, window: 4096, fixedWindow: true },
}

/** Architectures whose files list the windowed blocks one by one. */
const LISTED = new Set(['gemma4', 'granite-swa', 'maple', 'mimo2', 'spark2_5', 'step35', 'dots3note'])

/** Architectures whose attention blocks are all windowed where the file names a window. */
const ALL_ATTENTION = new Set(['lfm2', 'lfm2moe'])

export interface SlidingWindow {
  /** Tokens that a windowed block attends to. */
  window: number
  isWindowed: (block: number) => boolean
}

/**
 * Which blocks slide their window in llama.cpp, and how far; `null` where none does.
 *
 * @example gemma3 with a window of 1,024: blocks 0 to 4 are windowed, block 5 is not.
 */
export function slidingWindowOf(architecture: Architecture): SlidingWindow | null {
  const name = architecture['general.architecture']
  const rule = RULES[name]
  const named = architecture.sliding_window
  if (ALL_ATTENTION.has(name)) return named ? { window: named, isWindowed: () => true } : null
  if (!rule && !LISTED.has(name)) return null
  if (rule?.onlyBlocks !== undefined && trunkBlocks(architecture) !== rule.onlyBlocks) return null
  const window = rule?.fixedWindow ? rule.window : (named ?? rule?.window)
  if (!window) return null
  const pattern = architecture.sliding_window_pattern
  if (typeof pattern === 'object') return { window, isWindowed: (block) => pattern[block] ?? false }
  const period = pattern ?? rule?.period
  if (period === undefined) return null
  const trunk = trunkBlocks(architecture)
  const full = rule?.denseFirst ? 0 : period - 1
  return { window, isWindowed: (block) => block < trunk && block % period !== full }
}

/** Blocks that llama.cpp loads: those for multi-token prediction are not. */
export function trunkBlocks(architecture: Architecture): number {
  return Math.max(0, architecture.block_count - (architecture.nextn_predict_layers ?? 0))
}
