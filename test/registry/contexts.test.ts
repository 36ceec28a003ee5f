import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  chooseContext,
  contextKey,
  ContextStore,
  SettingsFile,
  type NameMeaning,
} from '../../src/registry/index.js'

function resolve(name: string): NameMeaning {
  const model = /^llama3\.2(:latest|:3b)?$/.test(name) ? 'llama3.2:3b' : null
  return { model, quantization: null, confidence: model ? 'exact' : 'none', kind: model ? 'chat' : 'unknown' }
}

let home: string
let store: ContextStore
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'almanac-contexts-'))
  store = new ContextStore(new SettingsFile(home), resolve)
})
afterEach(() => rm(home, { recursive: true, force: true }))

const limits = { default: 32768, max: 131072 }

describe('chooseContext', () => {
  it.each([
    [{ call: 5, saved: 16384 }, limits, { tokens: 5, source: 'call' }],
    [{ saved: 16384 }, { default: 32768, max: 40960 }, { tokens: 16384, source: 'saved' }],
    [{ saved: 65536 }, { default: 32768, max: 40960 }, { tokens: 40960, source: 'saved' }],
    [{}, limits, { tokens: 32768, source: 'default' }],
    [{}, { default: null, max: null }, { tokens: 8192, source: 'fallback' }],
    [{}, { default: null, max: 2048 }, { tokens: 2048, source: 'fallback' }],
  ] as const)('makes of %j and %j: %j', (wanted, known, chosen) => {
    expect(chooseContext(wanted, known)).toEqual(chosen)
  })

  it('never gives more than the model was trained for', () => {
    const tokens = fc.option(fc.integer({ min: 1, max: 1e6 }), { nil: null })
    const property = fc.property(tokens, tokens, tokens, (saved, ownDefault, max) => {
      const chosen = chooseContext({ saved: saved ?? undefined }, { default: ownDefault, max })
      expect(chosen.tokens).toBeLessThanOrEqual(max ?? Infinity)
    })
    fc.assert(property)
  })
})

describe('ContextStore', () => {
  it('has one setting for all names of a model', async () => {
    await store.set({ name: 'llama3.2', limits }, 4096)
    expect(await store.get({ name: 'llama3.2:latest', limits })).toEqual({
      model: 'llama3.2:3b',
      current: 4096,
      default: 32768,
      max: 131072,
      is_override: true,
      warnings: [],
    })
    expect(await store.reset({ name: 'llama3.2:3b', limits })).toMatchObject({
      current: 32768,
      is_override: false,
    })
    expect((await store.all()).size).toBe(0)
  })

  it.each([[0], [-1], [1.5], [NaN], ['8192'], [null], [2 ** 60]])('refuses %j', async (tokens) => {
    await expect(
      store.set({ name: 'a', limits: { default: null, max: null } }, tokens),
    ).rejects.toMatchObject({
      code: 'BAD_USAGE',
    })
  })

  it('refuses more than the real maximum, and says what it is', async () => {
    await expect(store.set({ name: 'a', limits }, 131073)).rejects.toThrow('131072')
    expect(await store.set({ name: 'a', limits }, 131072)).toMatchObject({ current: 131072 })
  })
})

describe('contextKey', () => {
  it.each([
    ['llama3.2:latest', 'llama3.2:3b'],
    ['My-Model', 'my-model:latest'],
    ['my-model:latest', 'my-model:latest'],
    ['me/My-Model:v1', 'me/my-model:v1'],
    ['host:5000/me/model', 'host:5000/me/model:latest'],
    ['/models/a.gguf', '/models/a.gguf'],
    ['maker/model@q4', 'maker/model@q4'],
  ])('of %s is %s', (name, key) => {
    expect(contextKey(name, resolve)).toBe(key)
  })
})
