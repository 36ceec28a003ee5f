import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach } from 'vitest'
import type { InstallDeps } from '../../src/install/install-deps.js'
import type { InstallEvent } from '../../src/install/types.js'
import { gpu, machine } from '../recommend/machines.js'
import { startHub } from './fake-hub.js'
import type { FakeHub, Handler } from './fake-hub.js'

export const NOTHING_LISTED = {
  id: 'ollama',
  name: 'Ollama',
  url: '',
  status: 'running',
  version: null,
  models: [],
  problems: [],
  notes: [],
} as const

/** A home, a hub and the events of one install; made anew for every test of the file that calls this. */
export class FakeWorld {
  home = ''
  hub: FakeHub | undefined
  events: InstallEvent[] = []

  async startHub(handler: Handler): Promise<FakeHub> {
    this.hub = await startHub(handler)
    return this.hub
  }

  deps(more: Partial<InstallDeps> = {}): InstallDeps {
    return {
      home: this.home,
      env: { HOME: this.home },
      platform: 'linux',
      hub: { endpoint: this.hub?.endpoint ?? 'http://127.0.0.1:9', token: undefined },
      signal: undefined,
      report: (event) => void this.events.push(event),
      ollama: {
        url: 'http://127.0.0.1:11434',
        list: async () => ({ ...NOTHING_LISTED, models: [], problems: [], notes: [] }),
        pull: async function* () {},
      },
      lmstudio: {
        url: 'http://127.0.0.1:1234',
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
}

export function freshWorlds(): FakeWorld {
  const world = new FakeWorld()
  beforeEach(() => {
    world.home = mkdtempSync(join(tmpdir(), 'almanac-install-'))
    world.events = []
  })
  afterEach(async () => {
    await world.hub?.close()
    world.hub = undefined
    rmSync(world.home, { recursive: true, force: true })
  })
  return world
}
