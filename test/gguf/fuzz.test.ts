import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AlmanacError } from '../../src/errors.js'
import { type GgufHeader, readRawHeader } from '../../src/gguf/index.js'
import { joinParts } from '../../src/gguf/gguf-header.js'
import { memorySource } from './memory-source.js'
import { SMALL_MODEL, writeGguf } from './write-gguf.js'

/** `FUZZ=100000` for a long run. */
const RUNS = Number(process.env['FUZZ'] ?? 1000)
const MAX_GROWTH_BYTES = 200 * 1024 ** 2

const ORIGINALS = [
  writeGguf(SMALL_MODEL),
  writeGguf({ ...SMALL_MODEL, bigEndian: true }),
  writeGguf({ ...SMALL_MODEL, version: 2 }),
]

/** Values that counters and lengths break on. */
const EDGES = [0n, 1n, 9n, 2n ** 31n, 2n ** 32n - 1n, 2n ** 53n, 2n ** 63n, 2n ** 64n - 1n]

type Mutation = { at: number; edge: bigint } | { at: number; byte: number } | { cut: number }

const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.record({ at: fc.nat(900), edge: fc.constantFrom(...EDGES) }),
  fc.record({ at: fc.nat(1200), byte: fc.nat(255) }),
  fc.record({ cut: fc.nat(14_000) }),
)

function mutate(original: Buffer, mutations: readonly Mutation[]): Buffer {
  let bytes = Buffer.from(original)
  for (const change of mutations) {
    if ('cut' in change) bytes = bytes.subarray(0, change.cut)
    else if ('edge' in change && change.at + 8 <= bytes.length) {
      bytes.writeBigUInt64LE(change.edge, change.at)
    } else if ('byte' in change && change.at < bytes.length) bytes[change.at] = change.byte
  }
  return bytes
}

async function readModel(bytes: Buffer): Promise<GgufHeader | null> {
  const header = await readRawHeader(memorySource(bytes, 64), bytes.byteLength)
  return header && joinParts([header])
}

describe('mutated headers', () => {
  it('end in a model or in one BAD_FILE, quickly and without much memory', async () => {
    const before = process.memoryUsage().rss
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...ORIGINALS),
        fc.array(mutation, { minLength: 1, maxLength: 4 }),
        async (original, mutations) => {
          const outcome = await readModel(mutate(original, mutations)).catch((error: unknown) => error)
          if (outcome instanceof AlmanacError) {
            expect(outcome.code).toBe('BAD_FILE')
            expect(outcome.message).not.toMatch(/\n/)
            expect(outcome.hint).toBeTruthy()
            return
          }
          expect(outcome).toMatchObject({ architecture: { block_count: expect.any(Number) } })
          expect(JSON.stringify(outcome).length).toBeLessThan(1e6)
        },
      ),
      { numRuns: RUNS },
    )
    expect(process.memoryUsage().rss - before).toBeLessThan(MAX_GROWTH_BYTES)
  })

  it('are reached deep enough to be worth the time: some mutants are models', async () => {
    const bytes = mutate(ORIGINALS[0] ?? Buffer.alloc(0), [{ at: 1190, byte: 1 }])
    expect((await readModel(bytes))?.architecture.block_count).toBe(2)
  })
})
