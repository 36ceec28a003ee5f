import { isQuantizationLabel, parseQuantizationLabel } from './quantization-label.js'

/** Runtime formats at the end of Ollama's tags; they are no GGUF labels. */
const FORMAT = /[-:](?:mlx(?:-bf16)?|mxfp8|int4|int8)$/i

/** An Ollama tag without its quantization. */
export interface SplitTag {
  /** `family:tag` in lower case; `family:` where the tag is nothing but a label. */
  stem: string
  label: string | null
  /** Whether anything was taken off. */
  quantized: boolean
}

/**
 * Takes the quantization off the end of a tag.
 *
 * @example splitTag('qwen2.5:7b-instruct-q4_K_M') // { stem: 'qwen2.5:7b-instruct', label: 'Q4_K_M', quantized: true }
 */
export function splitTag(tag: string): SplitTag {
  const lower = tag.toLowerCase()
  const colon = lower.indexOf(':')
  const format = FORMAT.exec(lower)
  if (colon >= 0 && format && format.index >= colon)
    return { stem: cutStem(lower, format.index, colon), label: null, quantized: true }
  const last = Math.max(lower.lastIndexOf('-'), colon)
  const tail = lower.slice(last + 1)
  if (colon >= 0 && last >= colon && isQuantizationLabel(tail)) {
    const unsloth = lower.slice(colon + 1, last).endsWith('ud')
    const text = unsloth ? lower.slice(last - 2) : tail
    const cut = unsloth ? last - 3 : last
    return {
      stem: cutStem(lower, Math.max(cut, colon), colon),
      label: parseQuantizationLabel(text),
      quantized: true,
    }
  }
  return { stem: lower, label: null, quantized: false }
}

function cutStem(tag: string, cut: number, colon: number): string {
  return cut === colon ? tag.slice(0, colon + 1) : tag.slice(0, cut)
}
