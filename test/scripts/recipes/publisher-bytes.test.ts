import { expect, it } from 'vitest'
import { bartowski2025 } from '../../../scripts/lib/recipes/bartowski-2025.js'
import { bartowski2026 } from '../../../scripts/lib/recipes/bartowski-2026.js'
import { publisherBytes } from '../../../scripts/lib/recipes/publisher-bytes.js'
import { getModel, type ModelId } from '../../../src/catalog/index.js'
import { GIB } from '../../../src/units.js'

const OF_2025 = { rules: bartowski2025, imatrix: true, older: true }
const OF_2026 = { rules: bartowski2026, imatrix: true }

const bytesOf = (id: ModelId, label: string, options: typeof OF_2025 | typeof OF_2026): number | undefined =>
  publisherBytes(getModel(id).architecture, label, options)

/** Sizes in GiB of bartowski's files, as Jan's catalog shows them. */
const SHOWN: readonly [ModelId, typeof OF_2025 | typeof OF_2026, Record<string, number>][] = [
  [
    'qwen3:30b-a3b',
    OF_2025,
    { Q4_K_S: 16.7, Q4_0: 16.4, Q3_K_XL: 13.8, Q3_K_L: 13.6, Q3_K_M: 13.1, IQ3_M: 13.1, IQ3_XXS: 11.4 },
  ],
  [
    'glm-4.7-flash:30b',
    OF_2025,
    { Q5_K_M: 20.1, Q4_K_L: 17.4, Q4_K_S: 16.6, Q3_K_L: 13.5, IQ3_M: 13.0, IQ2_M: 9.2, IQ2_XXS: 7.1 },
  ],
  [
    'qwen3.6:35b-a3b',
    OF_2026,
    {
      Q6_K: 28.0,
      Q5_K_M: 23.3,
      Q4_K_S: 19.2,
      Q3_K_L: 15.7,
      IQ3_M: 15.7,
      Q2_K: 11.8,
      IQ2_M: 11.2,
      IQ2_XXS: 9.1,
    },
  ],
  [
    'qwen3.6:27b',
    OF_2026,
    { Q6_K_L: 22.2, Q5_K_M: 19.1, Q4_K_M: 16.3, Q4_0: 15.0, Q3_K_M: 13.4, IQ3_XXS: 11.5, Q2_K: 10.8 },
  ],
  [
    'gemma4:26b-a4b',
    OF_2026,
    { Q6_K: 21.3, Q4_K_M: 15.9, Q3_K_L: 12.3, IQ3_M: 12.4, IQ3_XXS: 11.3, IQ2_S: 9.5 },
  ],
]

it.each(
  SHOWN.flatMap(([id, options, sizes]) =>
    Object.entries(sizes).map(([label, gib]) => ({ id, label, gib, options })),
  ),
)('gives $id in $label the $gib GiB that its file has', ({ id, label, gib, options }) => {
  const bytes = bytesOf(id, label, options) ?? 0
  expect(Math.abs(bytes / GIB - gib)).toBeLessThanOrEqual(0.05 + 0.005 * gib)
})

it('narrows the experts of Qwen3 30B-A3B in Q3_K_L by 8 percent', () => {
  expect(bytesOf('qwen3:30b-a3b', 'Q3_K_L', OF_2025)).toBe(14_583_002_114)
})

it('leaves dense models to llama.cpp in 2025', () => {
  const plain = publisherBytes(getModel('qwen3:8b').architecture, 'Q3_K_L', { rules: () => undefined })
  expect(plain).toBeGreaterThan(4_000_000_000)
  expect(bytesOf('qwen3:8b', 'Q3_K_L', { ...OF_2025, older: false })).toBe(plain)
})

it.each(['F16', 'BF16', 'MXFP4_MOE', 'UD-Q4_K_XL'])('knows no rules for %s', (label) => {
  expect(bytesOf('qwen3.6:35b-a3b', label, OF_2026)).toBeUndefined()
})
