import { describe, expect, it, vi } from 'vitest'
import { HttpFailure } from '../../src/http/index.js'
import { chooseProvider, installModel } from '../../src/install/install.js'
import { parseInstallTarget } from '../../src/install/install-target.js'
import type { PullEvent } from '../../src/providers/index.js'
import { freshWorlds, NOTHING_LISTED } from './fake-deps.js'

vi.mock('node:timers/promises', () => import('./quick-pauses.js'))

const world = freshWorlds()

function pull(event: Partial<PullEvent>): PullEvent {
  return { status: null, error: null, digest: null, total_bytes: null, completed_bytes: null, ...event }
}

describe('installing with Ollama', () => {
  const ollamaWith = (all: Partial<PullEvent>[], listed: string[]) => ({
    url: 'http://127.0.0.1:11434',
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
    await installModel(
      'qwen3:8b',
      { provider: 'ollama' },
      world.deps({ ollama: ollamaWith(layers, ['qwen3:8b']) }),
    )
    const counts = world.events.flatMap((event) => (event.type === 'progress' ? [event.completed_bytes] : []))
    expect(counts).toEqual(counts.toSorted((a, b) => a - b))
    expect(counts.at(-1)).toBe(110)
    expect(world.events.at(-1)).toEqual({ type: 'done', provider: 'ollama', name: 'qwen3:8b' })
  })

  it.each([
    [
      'an error inside the stream',
      [{ error: 'pull model manifest: file does not exist' }],
      'file does not exist',
    ],
    ['an end without success', [{ status: 'pulling manifest' }], 'before Ollama said'],
  ])('fails with Ollama’s own words at %s', async (_what, all, words) => {
    const failing = world.deps({ ollama: ollamaWith(all, []) })
    await expect(installModel('qwen3:8b', { provider: 'ollama' }, failing)).rejects.toMatchObject({
      code: 'PROVIDER_FAILED',
      message: expect.stringContaining(words),
    })
  })

  it('does not believe a success that the list does not show', async () => {
    const lying = world.deps({ ollama: ollamaWith([{ status: 'success' }], ['other:1b']) })
    await expect(installModel('qwen3:8b', { provider: 'ollama' }, lying)).rejects.toMatchObject({
      code: 'PROVIDER_FAILED',
    })
  })

  it('pulls again after a broken connection, and gives up when nothing new comes', async () => {
    const broken = new Error('broken', { cause: new HttpFailure('reset', 'broken') })
    let pulls = 0
    const ollama = {
      ...ollamaWith([], ['qwen3:8b']),
      pull: async function* () {
        pulls += 1
        yield pull({
          status: 'pulling',
          digest: 'a',
          total_bytes: 100,
          completed_bytes: 40 * Math.min(pulls, 2),
        })
        if (pulls === 4) return void (yield pull({ status: 'success' }))
        throw broken
      },
    }
    const options = { provider: 'ollama' } as const
    await expect(installModel('qwen3:8b', options, world.deps({ ollama }))).rejects.toMatchObject({
      code: 'PROVIDER_FAILED',
      message: 'Ollama: the connection broke',
    })
    expect(pulls).toBe(3)
    await installModel('qwen3:8b', options, world.deps({ ollama }))
    expect(pulls).toBe(4)
  })

  it('does not ask Ollama for a split file, which it cannot pull', async () => {
    const parts = 'hf:o/r/m-Q4_K_M-00001-of-00003.gguf'
    const deps = world.deps({ ollama: ollamaWith([{ status: 'success' }], []) })
    await expect(installModel(parts, { provider: 'ollama' }, deps)).rejects.toMatchObject({
      code: 'PROVIDER_FAILED',
      message: `Ollama cannot pull split files, and ${parts} has 3 parts`,
    })
    expect(await chooseProvider(await parseInstallTarget(parts), deps)).toBe('lmstudio')
  })

  it('refuses where Ollama is not running', async () => {
    const absent = world.deps({ isRunning: async (provider) => provider === 'file' })
    await expect(installModel('qwen3:8b', { provider: 'ollama' }, absent)).rejects.toMatchObject({
      code: 'PROVIDER_FAILED',
    })
  })
})
