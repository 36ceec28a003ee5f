import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  findInstalled,
  listInstalled,
  SettingsFile,
  switchModel,
  type InstalledModel,
  type NameMeaning,
  type SwitchPorts,
} from '../../src/registry/index.js'
import type { FaultServer } from '../http/fault-server.js'
import { OLLAMA, providersAt, serveRoutes, Status, type Routes } from '../providers/fake-servers.js'

function resolve(name: string): NameMeaning {
  const model = name.startsWith('tiny') ? 'tiny:1b' : null
  return { model, quantization: model && 'Q4_K_M', confidence: 'none', kind: 'unknown' }
}

let home: string
let server: FaultServer | undefined
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'almanac-switch-'))
})
afterEach(async () => {
  await server?.close()
  server = undefined
  await rm(home, { recursive: true, force: true })
})

async function portsAt(routes: Routes, refusal: string | null = null): Promise<SwitchPorts> {
  server = await serveRoutes({ ...OLLAMA, ...routes })
  const providers = providersAt({ OLLAMA_HOST: server.url })
  const installed = () => listInstalled({ providers, resolve, all: true })
  return { providers, resolve, settings: new SettingsFile(home), installed, refusal: async () => refusal }
}

const ANSWER: Routes = { 'POST /api/generate': { model: 'tiny:1b', response: 'H' } }
const OLD = { name: 'old', provider: 'ollama', model: null }

describe('switchModel', () => {
  it('saves the choice after a completion of that model', async () => {
    const ports = await portsAt(ANSWER)
    expect(await switchModel('tiny', ports)).toEqual({
      name: 'tiny:1b',
      provider: 'ollama',
      model: 'tiny:1b',
    })
    expect((await ports.settings.read()).selected?.name).toBe('tiny:1b')
  })

  const embedding = { models: [{ name: 'tiny:1b', capabilities: ['embedding'] }] }
  it.each([
    ['no provider has it', 'huge', ANSWER, null, 'UNKNOWN_MODEL'],
    ['the gate is closed', 'tiny', ANSWER, 'It needs 9 GiB', 'GATE_CLOSED'],
    ['it cannot chat', 'tiny', { 'GET /api/tags': embedding }, null, 'BAD_USAGE'],
    [
      'it does not load',
      'tiny',
      { 'POST /api/generate': new Status(500, { error: 'no memory' }) },
      null,
      'PROVIDER_FAILED',
    ],
    ['another one answers', 'tiny', { 'POST /api/generate': { model: 'other' } }, null, 'PROVIDER_FAILED'],
    ['nobody is there', 'tiny', { 'GET /': new Status(500, '') }, null, 'PROVIDER_FAILED'],
  ] as const)('leaves the old choice where %s', async (_name, wanted, routes, refusal, code) => {
    const ports = await portsAt(routes, refusal)
    await ports.settings.change({ selected: OLD })
    await expect(switchModel(wanted, ports)).rejects.toMatchObject({ code })
    expect((await ports.settings.read()).selected).toEqual(OLD)
  })
})

describe('findInstalled', () => {
  const row = (name: string, more: Partial<InstalledModel> = {}): InstalledModel => ({
    name,
    provider: 'ollama',
    model: resolve(name).model,
    quantization: 'Q4_K_M',
    kind: 'chat',
    size_bytes: null,
    local: true,
    loaded: false,
    context_length: null,
    max_context_length: null,
    ...more,
  })

  it.each([
    ['the exact name', 'a', [row('a:latest'), row('a')], 'a'],
    ['the name with the tag that Ollama adds', 'a', [row('b'), row('a:latest')], 'a:latest'],
    ['another letter case', 'A', [row('a')], 'a'],
    ['a catalog id', 'tiny:1b', [row('x'), row('tiny-1b-q8', { quantization: 'Q8_0' })], 'tiny-1b-q8'],
    ['the loaded one of two', 'tiny:1b', [row('tiny-x'), row('tiny-y', { loaded: true })], 'tiny-y'],
    [
      'the label that the name says',
      'tiny-q4',
      [row('tiny-q8', { quantization: 'Q8_0' }), row('tiny-z')],
      'tiny-z',
    ],
    ['nothing', 'b', [row('a'), row('abc')], undefined],
  ] as const)('finds %s', (_name, wanted, rows, found) => {
    expect(findInstalled(rows, wanted, { resolve })?.name).toBe(found)
  })
})
