import { isIP } from 'node:net'
import { AlmanacError } from '../errors.js'
import { createServer } from './create-server.js'
import type { ServerOptions } from './create-server.js'

export interface StartOptions extends ServerOptions {
  /** Default 127.0.0.1. */
  host?: string
  /** 0: any free one. */
  port: number
}

export interface RunningServer {
  url: string
  /** Stops within about two seconds, whatever is open. */
  close(): Promise<void>
}

/** Longer than everything that ends by itself; what is left then goes with the process. */
const CLOSE_S = 2
const LOOPBACK = /^(127\.\d+\.\d+\.\d+|localhost|::1)$/i

/** Whether only this machine can reach a server at that host. */
export function isLoopback(host: string): boolean {
  return LOOPBACK.test(host)
}

/**
 * Starts the server.
 *
 * @throws {AlmanacError} `HTTP_ERROR` where the port is taken or the address is not ours.
 */
export async function startServer(options: StartOptions): Promise<RunningServer> {
  const { host = '127.0.0.1', port, ...rest } = options
  const extra_hosts = [...(options.extra_hosts ?? []), ...hostNames(host)]
  const server = await createServer({ ...rest, extra_hosts })
  try {
    await server.listen({ host, port })
  } catch (error) {
    await server.close()
    throw toStartError(error, `${urlHost(host)}:${port}`)
  }
  const address = server.server.address()
  const bound = typeof address === 'object' && address !== null ? address.port : port
  return { url: `http://${urlHost(host)}:${bound}`, close: () => closeSoon(server) }
}

/** A server for other machines answers under the very address that it was given; never under a name from DNS. */
function hostNames(host: string): string[] {
  return isLoopback(host) || host === '0.0.0.0' || host === '::' ? [] : [urlHost(host).toLowerCase()]
}

function urlHost(host: string): string {
  return isIP(host) === 6 ? `[${host}]` : host
}

async function closeSoon(server: Awaited<ReturnType<typeof createServer>>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, CLOSE_S * 1000)
  })
  try {
    await Promise.race([server.close(), limit])
  } finally {
    clearTimeout(timer)
    server.server.closeAllConnections()
  }
}

function toStartError(error: unknown, place: string): AlmanacError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
  if (code === 'EADDRINUSE') {
    return new AlmanacError('HTTP_ERROR', `${place} is in use`, 'choose another with --port')
  }
  if (code === 'EACCES') {
    return new AlmanacError('HTTP_ERROR', `${place} may not be opened`, 'choose a port above 1023')
  }
  return new AlmanacError('HTTP_ERROR', `cannot listen at ${place} (${code})`, 'check --host')
}
