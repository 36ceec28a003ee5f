import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import { sendJson } from '../http/fault-server.js'
import type { Routes } from '../providers/fake-servers.js'

/** What a faulty server does to every request, and the kinds of problem that may be reported for it. */
export interface Fault {
  name: string
  listener?: RequestListener
  socket?: (socket: Socket) => void
  kinds: readonly string[]
}

const ZEROS = Buffer.alloc(64 * 1024)
const BOMB = gzipSync(Buffer.alloc(32 * 1024 ** 2))

const all =
  (send: (response: ServerResponse, request: IncomingMessage) => void): RequestListener =>
  (request, response) =>
    send(response, request)

const raw = (body: string, status = 200, headers: Record<string, string> = {}): RequestListener =>
  all((response) => void response.writeHead(status, headers).end(body))

const json = (value: unknown, status = 200): RequestListener =>
  all((response) => sendJson(response, value, status))

function drip(response: ServerResponse): void {
  response.write('{"models":[')
  const timer = setInterval(() => response.write(' '), 200)
  response.on('close', () => clearInterval(timer))
}

function flood(response: ServerResponse): void {
  const pump = (): void => {
    while (!response.destroyed && response.write(ZEROS));
  }
  response.on('drain', pump)
  pump()
}

const NOT_READABLE = ['bad_output', 'not_this_provider']

/** Faults that are the same whatever provider they stand in for. */
export const FAULTS: readonly Fault[] = [
  { name: 'hangs before its headers', listener: () => {}, kinds: ['timed_out'] },
  {
    name: 'hangs in its body',
    listener: all((response) => void response.write('{"mod')),
    kinds: ['timed_out'],
  },
  { name: 'drips for ever', listener: all(drip), kinds: ['timed_out'] },
  { name: 'never stops sending', listener: all(flood), kinds: ['too_large'] },
  {
    name: 'sends a compressed bomb',
    listener: all((response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end(BOMB)),
    kinds: ['too_large'],
  },
  { name: 'answers 500', listener: json({ error: 'boom' }, 500), kinds: ['http_error'] },
  { name: 'answers 502 in HTML', listener: raw('<html>bad gateway</html>', 502), kinds: ['http_error'] },
  { name: 'answers HTML', listener: raw('<!doctype html><p>hi'), kinds: ['not_this_provider'] },
  {
    name: 'redirects elsewhere',
    listener: raw('', 302, { location: 'http://127.0.0.1:1/' }),
    kinds: ['redirected'],
  },
  {
    name: 'redirects in a circle',
    listener: all((response, request) => void response.writeHead(307, { location: request.url }).end()),
    kinds: ['redirected'],
  },
  { name: 'answers 401', listener: json({ error: 'Unauthorized' }, 401), kinds: ['auth_required'] },
  {
    name: 'answers 403',
    listener: json({ error: 'Forbidden' }, 403),
    kinds: ['auth_required', 'http_error'],
  },
  { name: 'answers 404', listener: raw('404 page not found', 404), kinds: ['not_this_provider'] },
  { name: 'answers 429', listener: raw('slow down', 429), kinds: ['http_error', 'not_this_provider'] },
  { name: 'answers nothing', listener: raw(''), kinds: ['bad_output'] },
  { name: 'answers 204', listener: raw('', 204), kinds: NOT_READABLE.concat('http_error') },
  { name: 'answers broken JSON', listener: raw('{"models": [{"name": "a"'), kinds: ['bad_output'] },
  {
    name: 'answers JSON 100,000 deep',
    listener: raw('['.repeat(1e5) + ']'.repeat(1e5)),
    kinds: ['bad_output'],
  },
  { name: 'answers numbers', listener: json(42), kinds: NOT_READABLE },
  { name: 'answers null', listener: json(null), kinds: NOT_READABLE },
  { name: 'answers an array', listener: json([{ id: 'm' }]), kinds: NOT_READABLE },
  { name: 'answers binary', listener: raw('\u0000\u0001\u0002\u0003'), kinds: NOT_READABLE },
  {
    name: 'announces more than it sends',
    listener: all((response) => {
      response.writeHead(200, { 'content-length': '1000' }).write('{"models":[]')
      setTimeout(() => response.destroy(), 50)
    }),
    kinds: ['bad_output'],
  },
  {
    name: 'resets',
    socket: (socket) => socket.once('data', () => socket.resetAndDestroy()),
    kinds: ['bad_output'],
  },
  { name: 'closes at once', socket: (socket) => void socket.destroy(), kinds: ['bad_output'] },
  { name: 'never reads', socket: (socket) => void socket.pause(), kinds: ['timed_out'] },
  { name: 'speaks SMTP', socket: (socket) => void socket.write('220 mail ESMTP\r\n'), kinds: ['bad_output'] },
  {
    name: 'switches protocols',
    socket: (socket) =>
      void socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n'),
    kinds: ['bad_output'],
  },
  {
    name: 'sends headers without end',
    socket: (socket) => void socket.write(`HTTP/1.1 200 OK\r\nx: ${'a'.repeat(100_000)}`),
    kinds: ['too_large'],
  },
]

/** 10,000 models of Ollama, one of them with a hostile name. */
export const MANY: Routes = {
  'GET /': 'Ollama is running',
  'GET /api/tags': {
    models: Array.from({ length: 10_000 }, (_, index) => ({
      name: index === 7 ? 'evil\u001b[2J\r\n' : `m${index}:7b`,
      capabilities: ['completion'],
      details: { context_length: 4096 },
    })),
  },
}
