import { describe, expect, it } from 'vitest'
import { codeBuffers } from '../../scripts/lib/forecasts/code-buffers.js'
import { codeWeights } from '../../scripts/lib/forecasts/build-weights.js'
import { readNumbers } from '../../src/memory/coded-numbers.js'
import type { BufferLine } from '../../src/memory/graph/buffer-line.js'
import { KnownBuffers } from '../../src/memory/known-buffers.js'
import { SETTING_COUNT } from '../../src/memory/known-settings.js'
import { KnownBuilds } from '../../src/memory/known-weights.js'

function line(from_cells: number, gpu_bytes: number, gpu_step_bytes: number): BufferLine {
  const host = { host_bytes: 17_313_824, host_step_bytes: 262_144 }
  return { from_cells, to_cells: Infinity, gpu_bytes, gpu_step_bytes, ...host }
}

describe('readNumbers', () => {
  it('reads base 36, signs and what is left out', () => {
    expect(readNumbers('-a,,1')).toEqual([-10, 0, 1])
    expect(readNumbers('')).toEqual([0])
  })
})

describe('KnownBuffers', () => {
  it('reads the lines of every setting as they were', () => {
    const plain = [line(512, 113_780_864, 262_144)]
    const broken = [line(512, 113_862_784, 262_144), line(19_456, 133_261_440, 1_310_720)]
    // Like the setting before but shorter, and longer than it, and the same.
    const settings = Array.from({ length: SETTING_COUNT }, (_, index) =>
      index % 3 === 0 ? plain : index % 3 === 1 ? broken : [line(256, 113_780_864, 262_144)],
    )
    const read = new KnownBuffers(codeBuffers(settings))
    settings.forEach((lines, index) => {
      const seen = read.linesOf(index).map((one) => ({ ...one, to_cells: Infinity }))
      expect(seen).toEqual(lines)
    })
  })

  it('refuses to write bytes that are no multiple of the alignment', () => {
    expect(() => codeBuffers([[line(512, 113_780_865, 262_144)]])).toThrow('multiple of its alignment')
  })
})

describe('KnownBuilds', () => {
  const builds = [{ bytes: 1_300_000_000 }, { bytes: 807_694_464 }, { bytes: 900_000_000 }]
  const weights = [
    { gpu_bytes: 1_000_000_032, host_bytes: 290_000_000, ram_bytes: 1_290_000_032, scaled: false },
    { gpu_bytes: 799_862_912, host_bytes: 215_470_080, ram_bytes: 799_862_912, scaled: true },
    { gpu_bytes: 600_000_000, host_bytes: 215_470_080, ram_bytes: 815_470_080, scaled: false },
  ]

  it.each([true, false])('reads the tensor bytes of builds as they were, tied embeddings: %s', (tied) => {
    const read = new KnownBuilds(codeWeights(weights, builds, tied), builds, tied)
    for (const index of [2, 0, 1]) expect(read.weightsOf(builds[index]!)).toEqual(weights[index])
  })

  it('knows nothing of another object, even of the same size', () => {
    const read = new KnownBuilds(codeWeights(weights, builds, true), builds, true)
    expect(read.weightsOf({ ...builds[0]! })).toBeUndefined()
  })
})
