import type { KvType } from './types.js'

/** Elements and bytes of one block of a cache type (ggml-common.h). */
const BLOCKS: Readonly<Record<KvType, readonly [elements: number, bytes: number]>> = {
  f32: [1, 4],
  f16: [1, 2],
  bf16: [1, 2],
  q8_0: [32, 34],
  q5_1: [32, 24],
  q5_0: [32, 22],
  q4_1: [32, 20],
  q4_0: [32, 18],
  iq4_nl: [32, 18],
}

export const KV_TYPES: readonly KvType[] = [
  'f32',
  'f16',
  'bf16',
  'q8_0',
  'q5_1',
  'q5_0',
  'q4_1',
  'q4_0',
  'iq4_nl',
]

export function isQuantizedKv(type: KvType): boolean {
  return BLOCKS[type][0] > 1
}

export function isKvType(text: string): text is KvType {
  return Object.hasOwn(BLOCKS, text)
}

/** Bytes of `elements` in a cache of that type: `kvRowBytes('q8_0', 1024) // 1088`. */
export function kvRowBytes(type: KvType, elements: number): number {
  const [perBlock, bytes] = BLOCKS[type]
  return Math.ceil(elements / perBlock) * bytes
}
