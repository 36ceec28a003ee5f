/** A file's name without its part number, and which part it is. */
export interface SplitSuffix {
  stem: string
  part: number
  parts: number
}

/** llama.cpp writes five digits each; a longer number is no part. */
const SPLIT = /^(.+)-(\d{5})-of-(\d{5})$/i

/**
 * The part number that gguf-split puts behind a name, with or without `.gguf`; `null` where there is none.
 *
 * Source: `llama_split_path` of llama.cpp writes `%s-%05d-of-%05d.gguf`.
 *
 * @example parseSplitSuffix('Qwen3-32B-BF16-00001-of-00002.gguf') // { stem: 'Qwen3-32B-BF16', part: 1, parts: 2 }
 */
export function parseSplitSuffix(name: string): SplitSuffix | null {
  if (name.length > 1024) return null
  const match = SPLIT.exec(name.replace(/\.gguf$/i, ''))
  if (!match?.[1]) return null
  const part = Number(match[2])
  const parts = Number(match[3])
  return part >= 1 && part <= parts ? { stem: match[1], part, parts } : null
}
