import { existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { installModel } from '../../src/install/install.js'
import { parseInstallTarget } from '../../src/install/install-target.js'
import { machine } from '../recommend/machines.js'
import { freshWorlds } from './fake-deps.js'
import { serveFile, sha256 } from './fake-hub.js'

const CONTENT = Buffer.from('not a model at all, but bytes that arrive whole')
const world = freshWorlds()

describe('installing a file', () => {
  it('reports start, progress and done, and needs no catalog entry', async () => {
    await world.startHub(serveFile(CONTENT))
    const dir = join(world.home, 'new', 'folder')
    await installModel('hf:some/repo/Thing-Q4_K_M.gguf', { provider: 'file', dir }, world.deps())
    const path = join(dir, 'Thing-Q4_K_M.gguf')
    expect(sha256(readFileSync(path))).toBe(sha256(CONTENT))
    expect(world.events[0]).toMatchObject({
      type: 'start',
      quantization: 'Q4_K_M',
      total_bytes: CONTENT.byteLength,
    })
    expect(world.events.at(-1)).toEqual({
      type: 'done',
      provider: 'file',
      path,
      bytes: CONTENT.byteLength,
      sha256: sha256(CONTENT),
    })
    expect(world.events.filter(({ type }) => type === 'notice')).toHaveLength(1)
  })

  it('refuses a catalog build that runs nowhere before any request, and downloads it when forced', async () => {
    const hub = await world.startHub((_request, response) => void response.writeHead(404).end())
    const tiny = world.deps({ machine: async () => machine(2) })
    const options = { provider: 'file', dir: world.home } as const
    await expect(installModel('qwen3:32b', options, tiny)).rejects.toMatchObject({ code: 'GATE_CLOSED' })
    expect(hub.requests).toEqual([])
    await expect(installModel('qwen3:32b', { ...options, force: true }, tiny)).rejects.toMatchObject({
      code: 'UNKNOWN_MODEL',
    })
    expect(hub.requests).toHaveLength(1)
  })

  it('needs no gate for what is complete already', async () => {
    const { files } = await parseInstallTarget('qwen3:0.6b')
    for (const { name, bytes = 0 } of files) {
      const path = join(world.home, name.split('/').at(-1) ?? name)
      writeFileSync(path, '')
      truncateSync(path, bytes)
    }
    const hub = await world.startHub((_request, response) => void response.writeHead(404).end())
    const there = world.deps({ machine: async () => machine(1) })
    await expect(
      installModel('qwen3:0.6b', { provider: 'file', dir: world.home, context: 40960 }, there),
    ).rejects.toMatchObject({ code: 'UNKNOWN_MODEL' })
    expect(hub.requests).toHaveLength(1)
  })

  it('refuses a folder that is a file before a byte is fetched', async () => {
    const hub = await world.startHub(serveFile(CONTENT))
    const dir = join(world.home, 'a-file')
    writeFileSync(dir, '')
    await expect(
      installModel('hf:o/r/x.gguf', { provider: 'file', dir }, world.deps()),
    ).rejects.toMatchObject({
      code: 'BAD_USAGE',
      message: `${dir} is a file, not a folder`,
    })
    expect(hub.requests).toEqual(['HEAD /o/r/resolve/main/x.gguf'])
  })

  it('tells whoever interrupts how to go on, wherever it stood', async () => {
    const interrupted = {
      code: 'CANCELLED',
      message: 'interrupted',
      hint: 'the same command resumes where it stopped',
    }
    const options = { provider: 'file', dir: world.home } as const
    const asking = new AbortController()
    await world.startHub(() => asking.abort())
    const asked = installModel('hf:o/r/x.gguf', options, world.deps({ signal: asking.signal }))
    await expect(asked).rejects.toMatchObject(interrupted)
    const probing = new AbortController()
    const machine = () => new Promise<never>(() => probing.abort())
    const probed = installModel('qwen3:8b', options, world.deps({ signal: probing.signal, machine }))
    await expect(probed).rejects.toMatchObject(interrupted)
  })

  it('names the part of a split file that the hub does not have', async () => {
    const hub = await world.startHub((request, response) =>
      request.url?.includes('-00002-of')
        ? void response.writeHead(404).end()
        : serveFile(CONTENT)(request, response),
    )
    await expect(
      installModel('hf:o/r/m-00001-of-00002.gguf', { provider: 'file', dir: world.home }, world.deps()),
    ).rejects.toMatchObject({ message: 'o/r has no file m-00002-of-00002.gguf on the hub' })
    expect(hub.requests.every((request) => request.startsWith('HEAD'))).toBe(true)
  })

  it('says which part is at work', async () => {
    await world.startHub(serveFile(CONTENT))
    await installModel('hf:o/r/m-00001-of-00002.gguf', { provider: 'file', dir: world.home }, world.deps())
    const seen = world.events.flatMap((event) =>
      event.type === 'progress' ? [[event.part, event.parts]] : [],
    )
    expect(seen[0]).toEqual([1, 2])
    expect(seen.at(-1)).toEqual([2, 2])
  })

  it('says space where the disk is too small, and writes nothing', async () => {
    await world.startHub((_request, response) => {
      response.writeHead(200, { 'x-linked-size': 2 ** 52, 'x-linked-etag': `"${'a'.repeat(64)}"` }).end()
    })
    await expect(
      installModel('hf:o/r/x.gguf', { provider: 'file', dir: world.home }, world.deps()),
    ).rejects.toMatchObject({
      code: 'NO_SPACE',
      message: expect.stringContaining('space'),
    })
    expect(existsSync(join(world.home, 'x.gguf'))).toBe(false)
  })
})
