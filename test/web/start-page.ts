import { startServer } from '../../src/server/index.js'
import type { Machine } from '../../src/machine.js'
import { fakeWorld } from '../server/fake-ports.js'
import type { FakeWorld } from '../server/fake-ports.js'
import { buildPage } from './build-page.js'

export interface PageServer {
  url: string
  world: FakeWorld
  close(): Promise<void>
}

/** The real server before fake providers, with the page of this test run. */
export async function startPage(machine: Machine): Promise<PageServer> {
  const world = fakeWorld(machine)
  const { url, close } = await startServer({ port: 0, ports: world.ports, page_folder: await buildPage() })
  return { url, world, close }
}
