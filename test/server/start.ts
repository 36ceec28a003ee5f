import { afterAll } from 'vitest'
import { startServer } from '../../src/server/index.js'
import type { ServerOptions } from '../../src/server/index.js'
import { fakeWorld } from './fake-ports.js'
import type { FakeWorld } from './fake-ports.js'

export interface Started {
  world: FakeWorld
  url: string
  port: number
  /** Status and parsed body of a request to a path. */
  ask(path: string, init?: RequestInit): Promise<{ status: number; body: unknown; headers: Headers }>
  send(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }>
  close(): Promise<void>
}

/** A server on a free port before fakes; it stops after the file's tests. */
export async function startFake(
  world = fakeWorld(),
  options: Pick<ServerOptions, 'page_folder' | 'limits'> = {},
): Promise<Started> {
  const server = await startServer({ port: 0, ports: world.ports, ...options })
  afterAll(() => server.close())
  const ask: Started['ask'] = async (path, init = {}) => {
    const response = await fetch(`${server.url}${path}`, init)
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.includes('json') ?? false
    return { status: response.status, body: isJson ? JSON.parse(text) : text, headers: response.headers }
  }
  return {
    world,
    url: server.url,
    port: Number(new URL(server.url).port),
    ask,
    send: (method, path, body) =>
      ask(path, {
        method,
        ...(body === undefined
          ? {}
          : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      }),
    close: server.close,
  }
}
