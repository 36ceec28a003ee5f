import { afterEach, describe, expect, it } from 'vitest'
import { createProbeCache, probeProviders } from '../../src/registry/index.js'
import type { FaultServer } from '../http/fault-server.js'
import { OLLAMA, providersAt, serveRoutes } from '../providers/fake-servers.js'

let server: FaultServer | undefined
afterEach(async () => server?.close())

describe('createProbeCache', () => {
  it('asks each provider once for 200 requests at the same time', async () => {
    server = await serveRoutes(OLLAMA)
    const providers = providersAt({ OLLAMA_HOST: server.url })
    const cache = createProbeCache((signal) => probeProviders(providers, { signal }))
    const answers = await Promise.all(Array.from({ length: 200 }, () => cache.get()))
    expect(new Set(answers.map(({ value }) => value)).size).toBe(1)
    expect(server.requests.toSorted()).toEqual(['GET /', 'GET /api/ps', 'GET /api/tags', 'GET /api/version'])
  })

  it('uses an answer again for 5 s and says how old it is', async () => {
    let time = 0
    let calls = 0
    const cache = createProbeCache(async () => ++calls, { now: () => time, max_age_s: 60 })
    expect(await cache.get()).toEqual({ value: 1, age_s: 0 })
    time = 4999
    expect(await cache.get()).toEqual({ value: 1, age_s: 4.999 })
    time = 5000
    expect(await cache.get()).toEqual({ value: 2, age_s: 0 })
  })

  it('keeps the old object where a new look finds the same', async () => {
    let time = 0
    let free = 1
    const cache = createProbeCache(async () => ({ cards: [{ free }] }), { now: () => time })
    const { value } = await cache.get()
    time += 5000
    expect((await cache.get()).value).toBe(value)
    free = 2
    time += 5000
    expect((await cache.get()).value).toEqual({ cards: [{ free: 2 }] })
    cache.clear()
    expect((await cache.get()).value).not.toBe(value)
  })

  it('does not keep a failure', async () => {
    let calls = 0
    const cache = createProbeCache(async () => {
      if (++calls === 1) throw new Error('first')
      return calls
    })
    await expect(cache.get()).rejects.toThrow('first')
    expect((await cache.get()).value).toBe(2)
  })

  it('asks anew after clear, also while an answer is under way', async () => {
    const release: ((value: string) => void)[] = []
    const cache = createProbeCache(() => new Promise<string>((resolve) => release.push(resolve)))
    const before = cache.get()
    cache.clear()
    const after = cache.get()
    release[1]?.('new')
    release[0]?.('old')
    expect([(await before).value, (await after).value]).toEqual(['old', 'new'])
    expect((await cache.get()).value).toBe('new')
  })

  it('cancels what is under way when it is closed', async () => {
    const cache = createProbeCache(
      (signal) =>
        new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('stopped')))),
    )
    const pending = cache.get()
    cache.close()
    await expect(pending).rejects.toThrow('stopped')
  })
})
