/**
 * GGUF quantization labels as they stand in names. `IQ*_K*` and `_KT` are ik_llama.cpp's types, `_R4` and
 * `_R8` its repacked ones.
 *
 * Source: `ggml_type_name` and the file types of llama.cpp; unsloth's `UD-` and `_XL` mixes; `_L` behind a
 * legacy type as bartowski and Mungert have it; `Q4_0_4_4` and its kin are the repacked types that llama.cpp
 * had until December 2024.
 */
const K = 'q[2-8][_-]k(?:[_-](?:xxl|xl|l|m|s))?'
const I = 'iq[1-6][_-](?:xxs|xs|s|m|nl(?:[_-]xl)?|kss|ks|kt|kl|k)'
const LEGACY = 'q[458][_-][01](?:[_-][48][_-][48]|[_-]l)?|q1[_-]0|tq[12][_-]0'
const FLOAT = 'bf16|fp?16|fp?32|mxfp4(?:[_-]moe)?|nvfp4'
const LABEL = `(?:ud[_-])?(?:(?:${K}|${I}|${LEGACY})(?:[_-]r[48])?|${FLOAT})`
/** mradermacher's mark of an importance matrix and ubergarm's of a smaller mix are no part of the label. */
const MARK = '(?:i1[_-]|smol[_-](?=iq))?'
const WHOLE = new RegExp(`^${MARK}(${LABEL})$`, 'i')
const INSIDE = new RegExp(`(?<![a-z0-9])${MARK}(${LABEL})(?![a-z0-9])`, 'gi')

/** Longer text is no label and no file name. */
const MAX_LENGTH = 1024

/**
 * The GGUF label that a text is, or that a file name or tag ends on; `null` where there is none.
 *
 * Written as on disk: upper case, `F16` for `fp16`, `UD-` kept, `i1-` dropped. AWQ, GPTQ, FP8 and
 * MLX bits are no labels. Of several the last counts.
 *
 * @example parseQuantizationLabel('Qwen2.5-7B-Instruct.i1-q4_k_m.gguf') // 'Q4_K_M'
 */
export function parseQuantizationLabel(text: string): string | null {
  return splitLabels(text).labels.at(-1) ?? null
}

/** The labels inside a text, in order, and the text without them. */
export function splitLabels(text: string): { labels: string[]; rest: string } {
  if (text.length > MAX_LENGTH) return { labels: [], rest: text }
  const labels: string[] = []
  const rest = text.replace(INSIDE, (_match, label: string) => {
    labels.push(normalizeLabel(label))
    return ''
  })
  return { labels, rest }
}

/** Whether a text is a label and nothing else. */
export function isQuantizationLabel(text: string): boolean {
  return WHOLE.test(text)
}

function normalizeLabel(label: string): string {
  const upper = label.toUpperCase()
  const unsloth = /^UD[_-]/.test(upper)
  const base = (unsloth ? upper.slice(3) : upper).replaceAll('-', '_').replace(/^FP(16|32)$/, 'F$1')
  return unsloth ? `UD-${base}` : base
}
