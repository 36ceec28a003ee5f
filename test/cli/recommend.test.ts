import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runCli } from '../../src/cli/run-cli.js'
import { GIB } from '../../src/units.js'
import { fakeIo } from './fake-io.js'

/** A machine whose driver was updated without a restart: the card is there, its memory cannot be read. */
function recording(): string {
  const path = join(mkdtempSync(join(tmpdir(), 'almanac-recording-')), 'machine.json')
  const query = {
    probe: 'nvidia.query',
    argv: ['nvidia-smi'],
    exit_code: 18,
    stdout: 'Failed to initialize NVML: Driver/library version mismatch\n',
    stderr: '',
  }
  const record = {
    format: 'llm-almanac-probes/1',
    platform: 'linux',
    arch: 'x64',
    memory: { total_bytes: 32 * GIB, available_bytes: 24 * GIB },
    commands: [query],
    files: { '/proc/driver/nvidia/gpus/0000:01:00.0/information': 'Model: \t\t NVIDIA Test 9000\n' },
  }
  writeFileSync(path, JSON.stringify(record))
  return path
}

async function recommend(...argv: string[]): Promise<string> {
  const io = fakeIo()
  expect(await runCli(['recommend', ...argv], io)).toBe(0)
  return io.stdout()
}

describe('recommend', () => {
  it('says why a card is not counted on, and what to do about it', async () => {
    const out = await recommend('--replay', recording())
    expect(out).toContain('The driver was updated while its old version is still loaded: reboot.')
    expect(out).toContain('The memory of NVIDIA Test 9000 is unknown')
    expect(out).not.toContain('Too little free GPU memory')
  })

  it('fits 80 columns, whatever does not fit', async () => {
    const out = await recommend('--vram', '8', '--ram', '8', '--all', '--context', '64K')
    for (const line of out.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80)
    expect(out).not.toContain('…')
    expect(out).toMatch(/^qwen3:8b +\S+ +[\d.]+ GiB +trained for 40K context$/m)
  })
})
