import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { liveSource } from '../../src/hardware/live-source.js'
import { probeMachine } from '../../src/hardware/probe-machine.js'

let directory = ''
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'tools-'))
  vi.stubEnv('PATH', directory)
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(directory, { recursive: true, force: true })
})

function tool(name: string, script: string): void {
  writeFileSync(join(directory, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 })
}

describe.skipIf(process.platform === 'win32')('liveSource', () => {
  it('says that a tool is not installed', async () => {
    expect(await liveSource().run('x', ['no-such-tool-at-all'])).toMatchObject({ not_found: true })
  })

  it('asks a tool that hung only once', async () => {
    tool('slow-tool', `echo x >> ${directory}/calls; exec /bin/sleep 60`)
    const source = liveSource()
    expect(await source.run('x', ['slow-tool', '-a'], { timeout_ms: 300 })).toMatchObject({ timed_out: true })
    expect(await source.run('y', ['slow-tool', '-b'], { timeout_ms: 300 })).toMatchObject({ timed_out: true })
    expect(source.readFile(join(directory, 'calls'))).toBe('x\n')
  })

  it('returns null and an empty list for what is not there', () => {
    expect(liveSource().readFile('/no/such/file')).toBeNull()
    expect(liveSource().readFile('/proc')).toBeNull()
    expect(liveSource().listDirectory('/no/such/directory')).toEqual([])
  })

  it.runIf(process.platform === 'linux')('finds the cards that a tool on the PATH reports', async () => {
    tool('nvidia-smi', 'case "$1" in -L) ;; -q) exit 2 ;; *) echo "NVIDIA X, 8192, 8000, 1, 0" ;; esac')
    const machine = await probeMachine(liveSource())
    expect(machine.gpus.filter((gpu) => gpu.vendor === 'nvidia')[0]).toMatchObject({
      total_bytes: 8192 * 1024 ** 2,
    })
    expect(machine.ram.total_bytes).toBeGreaterThan(0)
  })
})
