import { GB } from '../../../src/units.js'
import { expectedSize } from '../build-bytes.js'
import type { Rule } from '../sources.js'

/** Ollama converts on its own and keeps the embeddings of small models larger: qwen3:0.6b by 31 %. */
const TOLERANCE = 0.35

/** The layer behind an Ollama tag has about the size of the build. */
export const ollamaSize: Rule = {
  ids: ['plausible/ollama-size'],
  check(sources, report) {
    const rows = new Map(sources.quantizations?.data.quantizations.map((row) => [row.id, row]))
    for (const entry of sources.models) {
      // Ollama packs vision and audio towers into the same layer.
      if (entry.data.modalities.length > 1) continue
      for (const [index, build] of (entry.data.builds ?? []).entries()) {
        const row = rows.get(build.quantization)
        if (build.ollama_bytes === undefined || !row) continue
        const expected = expectedSize(entry.data.architecture, entry.data.parameters, row)
        const off = Math.abs(build.ollama_bytes / expected.bytes - 1)
        if (off <= Math.max(TOLERANCE, expected.tolerance)) continue
        report({
          rule: 'plausible/ollama-size',
          entry,
          path: ['builds', index, 'ollama_bytes'],
          message: `the tag has ${(build.ollama_bytes / GB).toFixed(2)} GB, but ${build.quantization} gives ${(expected.bytes / GB).toFixed(2)} GB`,
          hint: 'does the tag hold another quantization or size? then it belongs to that build',
        })
      }
    }
  },
}
