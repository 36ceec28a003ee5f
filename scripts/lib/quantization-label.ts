/** Ollama's spellings of labels. */
const OLLAMA: Readonly<Record<string, string>> = { FP16: 'F16', FP32: 'F32' }

/**
 * The quantization that a file name or a tag states, or undefined: `qwen3:8b-q4_K_M` states Q4_K_M.
 *
 * @param labels - Labels that exist; the longest that matches wins, so `UD-Q4_K_XL` is not `Q4_K`.
 */
export function statedQuantization(name: string, labels: Iterable<string>): string | undefined {
  const text = name.toUpperCase()
  let best: string | undefined
  for (const label of [...labels, ...Object.keys(OLLAMA)]) {
    const wanted = label.toUpperCase()
    if (wanted.length <= (best?.length ?? 0)) continue
    for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
      const before = text[at - 1] ?? '-'
      const after = text[at + wanted.length] ?? '-'
      if (/[A-Z0-9]/.test(before) || /[A-Z0-9_]/.test(after)) continue
      best = label
      break
    }
  }
  return best === undefined ? undefined : (OLLAMA[best] ?? best)
}
