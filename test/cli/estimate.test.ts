import { describe, expect, it } from 'vitest'
import { runCli } from '../../src/cli/run-cli.js'
import { runtimeOverhead } from '../../src/memory/index.js'
import { formatGib } from '../../src/units.js'
import { fakeIo } from './fake-io.js'

async function linesOf(...argv: string[]): Promise<string[]> {
  const io = fakeIo()
  expect(await runCli(argv, io)).toBe(0)
  return io.stdout().split('\n')
}

/** The GiB behind a name of the legend. */
function gib(lines: readonly string[], name: string): number {
  const line = lines.find((text) => text.slice(4).startsWith(name))
  return Number(/([\d.]+) GiB/.exec(line ?? '')?.[1])
}

describe.each([
  ['estimate', ['estimate', 'qwen3:8b', '--context', '32K']],
  ['show', ['show', 'qwen3:8b']],
])('the bar of %s', (_, argv) => {
  it('has a part for the overhead, which counts among what is on the GPU', async () => {
    const lines = await linesOf(...argv)
    const { bytes, note } = runtimeOverhead('nvidia')
    expect(lines).toContain(`  ░ Overhead        ${formatGib(bytes, 2).padStart(11)}  ${note}`)
    const parts = ['Weights', 'KV cache', 'Compute', 'Overhead'].map((name) => gib(lines, name))
    const sum = parts.reduce((total, part) => total + part, 0)
    expect(Math.abs(gib(lines, 'On the GPU') - sum)).toBeLessThan(0.03)
  })

  it('fits 80 columns', async () => {
    const bar = (await linesOf(...argv)).filter(
      (line) => /^ {2,4}\S/.test(line) && !line.includes('https://'),
    )
    expect(bar.length).toBeGreaterThan(5)
    for (const line of bar) expect(line.length, line).toBeLessThanOrEqual(80)
  })
})

describe('estimate', () => {
  it('says of the context of the device what its numbers do', async () => {
    const lines = await linesOf('estimate', 'qwen3:8b')
    expect(lines).toContain('- One CUDA device; its context (0.3 to 0.6 GB) is overhead, counted apart.')
  })

  it('counts the overhead of a GPU that holds buffers alone', async () => {
    const lines = await linesOf('estimate', 'qwen3:8b', '--gpu-layers', '0')
    expect(lines.some((line) => line.includes('Weights'))).toBe(false)
    expect(gib(lines, 'On the GPU')).toBeCloseTo(gib(lines, 'Compute') + gib(lines, 'Overhead'), 1)
  })
})
