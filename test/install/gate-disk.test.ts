import { mkdirSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkGate } from '../../src/install/check-gate.js'
import { parseInstallTarget } from '../../src/install/install-target.js'
import { freshWorlds } from './fake-deps.js'

const world = freshWorlds()

describe('the disk of the gate', () => {
  it('needs only what is missing of a file install', async () => {
    const { bytes, files } = await parseInstallTarget('qwen3:0.6b')
    const before = await checkGate('qwen3:0.6b', { provider: 'file' }, world.deps())
    expect(before.disk_needed_bytes).toBe(bytes)
    const folder = join(world.home, 'models')
    mkdirSync(folder)
    for (const { name, bytes: size = 0 } of files) {
      const path = join(folder, name.split('/').at(-1) ?? name)
      writeFileSync(path, '')
      truncateSync(path, size)
    }
    const after = await checkGate('qwen3:0.6b', { provider: 'file' }, world.deps())
    expect(after.disk_needed_bytes).toBe(0)
  })

  it.each([
    ['http://127.0.0.1:11434', true],
    ['http://gpu-box:11434', false],
  ])('of an Ollama at %s is known: %s', async (url, isKnown) => {
    const deps = world.deps()
    const verdict = await checkGate(
      'qwen3:8b',
      { provider: 'ollama' },
      { ...deps, ollama: { ...deps.ollama, url } },
    )
    expect(verdict.disk_free_bytes !== null).toBe(isKnown)
  })
})
