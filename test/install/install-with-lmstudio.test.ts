import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { HttpFailure } from '../../src/http/index.js'
import { installModel } from '../../src/install/install.js'
import { UnsupportedDownload } from '../../src/providers/index.js'
import type { LmStudioDownload } from '../../src/providers/index.js'
import { freshWorlds } from './fake-deps.js'
import { serveFile } from './fake-hub.js'

vi.mock('node:timers/promises', () => import('./quick-pauses.js'))

const world = freshWorlds()
const RUNNING = {
  job_id: 'job',
  status: 'downloading',
  total_bytes: 100,
  downloaded_bytes: 10,
  bytes_per_s: null,
  error: null,
} as const

/** A fake that starts one download and then gives these answers, the last one for ever. */
function install(answers: (Partial<LmStudioDownload> | Error)[], first: Partial<LmStudioDownload> = {}) {
  const deps = world.deps()
  let asked = 0
  const lmstudio = {
    ...deps.lmstudio,
    startDownload: async (): Promise<LmStudioDownload> => ({ ...RUNNING, ...first }),
    downloadStatus: async (): Promise<LmStudioDownload> => {
      const answer = answers[Math.min(asked++, answers.length - 1)] ?? {}
      if (answer instanceof Error) throw answer
      return { ...RUNNING, ...answer }
    },
  }
  return installModel('qwen3:8b', { provider: 'lmstudio' }, { ...deps, lmstudio })
}

describe('installing with LM Studio', () => {
  it('is done where nothing has to be downloaded', async () => {
    await install([], { job_id: null, status: 'already_downloaded' })
    expect(world.events.at(-1)).toMatchObject({ type: 'done', provider: 'lmstudio' })
  })

  it('goes on asking after an answer that failed', async () => {
    const busy = new Error('busy', { cause: new HttpFailure('http_error', 'busy', { status: 500 }) })
    await install([busy, { status: 'completed', downloaded_bytes: 100 }])
    expect(world.events.at(-1)).toMatchObject({ type: 'done', bytes: 100 })
  })

  it('fails with what LM Studio says', async () => {
    await expect(install([{ status: 'failed', error: 'no space left' }])).rejects.toMatchObject({
      code: 'PROVIDER_FAILED',
      message: 'LM Studio: no space left',
    })
  })

  it('gives up where the count stands still, and says where it goes on', async () => {
    await expect(install([{}])).rejects.toMatchObject({
      code: 'PROVIDER_FAILED',
      message: 'the download inside LM Studio stands still',
      hint: expect.stringContaining('Downloads panel'),
    })
  })

  it('puts the file into its folder where an older one cannot download', async () => {
    const content = Buffer.from('bytes that arrive whole')
    const { endpoint } = await world.startHub(serveFile(content))
    const folder = join(world.home, '.lmstudio', 'models')
    mkdirSync(folder, { recursive: true })
    const deps = world.deps({ env: { HOME: world.home, HF_ENDPOINT: endpoint } })
    const startDownload = async () => Promise.reject(new UnsupportedDownload('Unexpected endpoint'))
    const lmstudio = { ...deps.lmstudio, startDownload }
    await installModel('hf:some/repo/x.gguf', { provider: 'lmstudio' }, { ...deps, lmstudio })
    const path = join(folder, 'some', 'repo', 'x.gguf')
    expect(readFileSync(path)).toEqual(content)
    expect(world.events.at(-1)).toMatchObject({ type: 'done', provider: 'lmstudio', path })
  })
})
