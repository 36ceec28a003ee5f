import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { installModel } from '../../src/install/install.js'
import type { InstallDeps } from '../../src/install/install-deps.js'
import { parseInstallTarget } from '../../src/install/install-target.js'
import type { InstallEvent } from '../../src/install/types.js'
import type { PullEvent } from '../../src/providers/index.js'
import { gpu, machine } from '../recommend/machines.js'
import { serveFile, sha256, startHub } from './fake-hub.js'
import type { FakeHub } from './fake-hub.js'

const CONTENT = Buffer.from('not a model at all, but bytes that arrive whole')

let home: string
let hub: FakeHub | undefined
let events: InstallEvent[]

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'almanac-install-'))
  events = []
})
afterEach(async () => {
  await hub?.close()
  hub = undefined
  rmSync(home, { recursive: true, force: true })
})

const NOTHING_LISTED = {
  id: 'ollama',
  name: 'Ollama',
  url: '',
  status: 'running',
  version: null,
  models: [],
  problems: [],
  notes: [],
} as const

function deps(more: Partial<InstallDeps> = {}): InstallDeps {
  return {
    home,
    env: { HOME: home },
    platform: 'linux',
    hub: { endpoint: hub?.endpoint ?? 'http://127.0.0.1:9', token: undefined },
    signal: undefined,
    report: (event) => void events.push(event),
    ollama: {
      list: async () => ({ ...NOTHING_LISTED, models: [], problems: [], notes: [] }),
      pull: async function* () {},
    },
    lmstudio: {
      list: async () => ({ ...NOTHING_LISTED, id: 'lmstudio', models: [], problems: [], notes: [] }),
      startDownload: async () => {
        throw new Error('not expected')
      },
      downloadStatus: async () => {
        throw new Error('not expected')
      },
    },
    machine: async () => machine(64, [gpu(24)]),
    isRunning: async () => true,
    installedAt: async () => [],
    ...more,
  }
}

function pull(event: Partial<PullEvent>): PullEvent {
  return { status: null, error: null, digest: null, total_bytes: null, completed_bytes: null, ...event }
}

describe('parseInstallTarget', () => {
  it.each([
    'hf:a/b/../c.gguf',
    'hf:a/b//c.gguf',
    'hf:a/b/c.bin',
    'hf:a/b',
    'hf:/b/c.gguf',
    'hf:a/b/c%2e.gguf',
    'hf:-a/b/c.gguf',
    'hf:a/b/x\u0000.gguf',
  ])('refuses %j before anything is asked', async (spec) =>
    expect(parseInstallTarget(spec)).rejects.toMatchObject({ code: 'BAD_USAGE' }),
  )
  it('finds every part of a split file from any of them', async () => {
    const { files } = await parseInstallTarget('hf:o/r/dir/m-Q4_K_M-00002-of-00003.gguf')
    expect(files.map(({ name }) => name)).toEqual(
      [1, 2, 3].map((part) => `dir/m-Q4_K_M-0000${part}-of-00003.gguf`),
    )
  })
  it('takes the default build, or the one that is named', async () => {
    expect((await parseInstallTarget('qwen3:8b')).quantization).toBe('Q4_K_M')
    expect((await parseInstallTarget('qwen3:8b@q8_0')).quantization).toBe('Q8_0')
    await expect(parseInstallTarget('qwen3:8b@Q9')).rejects.toMatchObject({ code: 'UNKNOWN_BUILD' })
    await expect(parseInstallTarget('nobody:7b')).rejects.toMatchObject({ code: 'UNKNOWN_MODEL' })
  })
})

describe('installing a file', () => {
  it('reports start, progress and done, and needs no catalog entry', async () => {
    hub = await startHub(serveFile(CONTENT))
    const dir = join(home, 'new', 'folder')
    await installModel('hf:some/repo/Thing-Q4_K_M.gguf', { provider: 'file', dir }, deps())
    const path = join(dir, 'Thing-Q4_K_M.gguf')
    expect(sha256(readFileSync(path))).toBe(sha256(CONTENT))
    expect(events[0]).toMatchObject({
      type: 'start',
      quantization: 'Q4_K_M',
      total_bytes: CONTENT.byteLength,
    })
    expect(events.at(-1)).toEqual({
      type: 'done',
      provider: 'file',
      path,
      bytes: CONTENT.byteLength,
      sha256: sha256(CONTENT),
    })
    expect(events.filter(({ type }) => type === 'notice')).toHaveLength(1)
  })

  it('refuses a catalog build that runs nowhere before any request, and downloads it when forced', async () => {
    hub = await startHub((_request, response) => void response.writeHead(404).end())
    const tiny = deps({ machine: async () => machine(2) })
    const options = { provider: 'file', dir: home } as const
    await expect(installModel('qwen3:32b', options, tiny)).rejects.toMatchObject({ code: 'GATE_CLOSED' })
    expect(hub.requests).toEqual([])
    await expect(installModel('qwen3:32b', { ...options, force: true }, tiny)).rejects.toMatchObject({
      code: 'UNKNOWN_MODEL',
    })
    expect(hub.requests).toHaveLength(1)
  })

  it('says space where the disk is too small, and writes nothing', async () => {
    hub = await startHub((_request, response) => {
      response.writeHead(200, { 'x-linked-size': 2 ** 52, 'x-linked-etag': `"${'a'.repeat(64)}"` }).end()
    })
    await expect(
      installModel('hf:o/r/x.gguf', { provider: 'file', dir: home }, deps()),
    ).rejects.toMatchObject({
      code: 'NO_SPACE',
      message: expect.stringContaining('space'),
    })
    expect(existsSync(join(home, 'x.gguf'))).toBe(false)
  })
})

describe('installing with Ollama', () => {
  const ollamaWith = (all: Partial<PullEvent>[], listed: string[]) => ({
    pull: async function* () {
      yield* all.map(pull)
    },
    list: async () => ({
      ...NOTHING_LISTED,
      problems: [],
      notes: [],
      models: listed.map((name) => ({ name })) as never,
    }),
  })

  it('sums progress over the layers, never backwards, and checks that the model is listed', async () => {
    const layers = [
      { status: 'pulling', digest: 'a', total_bytes: 100 },
      { status: 'pulling', digest: 'a', total_bytes: 100, completed_bytes: 60 },
      { status: 'pulling', digest: 'a', total_bytes: 100, completed_bytes: 40 },
      { status: 'pulling', digest: 'b', total_bytes: 10, completed_bytes: 10 },
      { status: 'pulling', digest: 'a', total_bytes: 100, completed_bytes: 100 },
      { status: 'success' },
    ]
    await installModel('qwen3:8b', { provider: 'ollama' }, deps({ ollama: ollamaWith(layers, ['qwen3:8b']) }))
    const counts = events.flatMap((event) => (event.type === 'progress' ? [event.completed_bytes] : []))
    expect(counts).toEqual(counts.toSorted((a, b) => a - b))
    expect(counts.at(-1)).toBe(110)
    expect(events.at(-1)).toEqual({ type: 'done', provider: 'ollama', name: 'qwen3:8b' })
  })

  it.each([
    [
      'an error inside the stream',
      [{ error: 'pull model manifest: file does not exist' }],
      'file does not exist',
    ],
    ['an end without success', [{ status: 'pulling manifest' }], 'before Ollama said'],
  ])('fails with Ollama’s own words at %s', async (_what, all, words) => {
    const failing = deps({ ollama: ollamaWith(all, []) })
    await expect(installModel('qwen3:8b', { provider: 'ollama' }, failing)).rejects.toMatchObject({
      code: 'PROVIDER_FAILED',
      message: expect.stringContaining(words),
    })
  })

  it('does not believe a success that the list does not show', async () => {
    const lying = deps({ ollama: ollamaWith([{ status: 'success' }], ['other:1b']) })
    await expect(installModel('qwen3:8b', { provider: 'ollama' }, lying)).rejects.toMatchObject({
      code: 'PROVIDER_FAILED',
    })
  })

  it('refuses where Ollama is not running', async () => {
    const absent = deps({ isRunning: async (provider) => provider === 'file' })
    await expect(installModel('qwen3:8b', { provider: 'ollama' }, absent)).rejects.toMatchObject({
      code: 'PROVIDER_FAILED',
    })
  })
})
