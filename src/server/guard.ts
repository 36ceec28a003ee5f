import type { IncomingMessage } from 'node:http'

/** Why a request is refused before anything looks at it. */
export interface Refusal {
  status: 400 | 403 | 405 | 415
  detail: string
}

export interface GuardOptions {
  /** Names beside the loopback ones under which the server may be called, without a port. */
  extra_hosts?: readonly string[]
}

const LOOPBACK_HOSTS = ['127.0.0.1', 'localhost', '[::1]']
const READING = new Set(['GET', 'HEAD'])

/**
 * Checks what keeps other web pages out: the name under which we are called (DNS rebinding), where a change comes
 * from (cross-site requests), and that a body is what it says.
 *
 * @param upgrade - A WebSocket handshake: a GET that changes things.
 */
export function checkRequest(
  request: IncomingMessage,
  options: GuardOptions,
  upgrade = false,
): Refusal | null {
  if (!request.url?.startsWith('/')) return { status: 400, detail: 'The target of a request is a path' }
  const hosts = allowedHosts(request, options)
  const refusal = checkHost(request, hosts)
  if (refusal) return refusal
  const method = request.method ?? ''
  if (READING.has(method) && !upgrade) return null
  return checkOrigin(request, hosts) ?? checkMethod(method, upgrade) ?? checkEncoding(request)
}

function allowedHosts(request: IncomingMessage, { extra_hosts = [] }: GuardOptions): string[] {
  const port = request.socket.localPort
  const names = [...LOOPBACK_HOSTS, ...extra_hosts]
  const withPort = names.map((name) => `${name}:${port}`)
  return port === 80 ? [...withPort, ...names] : withPort
}

function checkHost(request: IncomingMessage, hosts: readonly string[]): Refusal | null {
  const { rawHeaders } = request
  let count = 0
  for (let index = 0; index < rawHeaders.length; index += 2) {
    if (rawHeaders[index]?.toLowerCase() === 'host') count++
  }
  if (count !== 1) return { status: 400, detail: 'A request has exactly one Host header' }
  if (hosts.includes(request.headers.host?.toLowerCase() ?? '')) return null
  return { status: 403, detail: 'This server does not answer under that Host' }
}

function checkOrigin({ headers }: IncomingMessage, hosts: readonly string[]): Refusal | null {
  const origin = headers.origin?.toLowerCase()
  const foreign = origin !== undefined && !hosts.some((host) => origin === `http://${host}`)
  const site = headers['sec-fetch-site']
  if (!foreign && site !== 'cross-site' && site !== 'same-site') return null
  return { status: 403, detail: 'A request from another web page is refused' }
}

function checkMethod(method: string, upgrade: boolean): Refusal | null {
  if (upgrade ? method === 'GET' : ['POST', 'PUT', 'PATCH', 'DELETE'].includes(method)) return null
  if (method === 'OPTIONS') return { status: 403, detail: 'Other web pages may not use this server' }
  return { status: 405, detail: 'That method is not known here' }
}

function checkEncoding({ headers }: IncomingMessage): Refusal | null {
  const encoding = headers['content-encoding']
  if (encoding === undefined || encoding.toLowerCase() === 'identity') return null
  return { status: 415, detail: 'A body is sent uncompressed' }
}
