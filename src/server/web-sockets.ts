import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import type { WebSocket } from 'ws'
import type { AlmanacState } from './almanac-state.js'
import { checkRequest } from './guard.js'
import type { GuardOptions } from './guard.js'
import { describeError } from './http-errors.js'
import { followLegacy, startLegacyDownload } from './legacy-download.js'
import type { LegacyKind } from './legacy-download.js'
import { refuseSocket } from './refuse-socket.js'

/** A message names one model. */
const MAX_MESSAGE_BYTES = 64 * 1024
/** Time to say which model. */
const FIRST_MESSAGE_S = 30
const MAX_WAITING_BYTES = 1024 ** 2

export interface WebSocketOptions extends GuardOptions {
  /** Path before `/pull-ws`. */
  prefix: string
  /** Whether upgrades to other paths are refused here, because nobody else listens. */
  owns_server: boolean
}

/** Answers WebSocket upgrades under the rules of a request that changes things. */
export function addWebSockets(server: Server, state: AlmanacState, options: WebSocketOptions): void {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    perMessageDeflate: false,
  })
  const kinds = new Map<string, LegacyKind>([
    [`${options.prefix}/pull-ws`, 'pull'],
    [`${options.prefix}/download-gguf-ws`, 'gguf'],
  ])
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const kind = kinds.get((request.url ?? '').split('?')[0] ?? '')
    if (!kind && !options.owns_server) return
    socket.on('error', () => socket.destroy())
    const refusal = checkRequest(request, options, true)
    if (refusal) return refuseSocket(socket, refusal)
    if (!kind) return refuseSocket(socket, { status: 404, detail: 'No WebSocket is at that address' })
    sockets.handleUpgrade(request, socket, head, (ws) => serve(ws, kind, state))
  })
}

/** One download a socket: the first message names it, its events follow, then the socket closes. */
function serve(ws: WebSocket, kind: LegacyKind, state: AlmanacState): void {
  const silence = setTimeout(() => ws.close(1008, 'no message'), FIRST_MESSAGE_S * 1000)
  let stop: (() => void) | undefined
  const stopWaiting = state.onEnd(() => ws.terminate())
  const send = (event: object): void => {
    if (ws.readyState !== ws.OPEN) return
    ws.send(JSON.stringify(event))
    if (ws.bufferedAmount > MAX_WAITING_BYTES) ws.terminate()
  }
  ws.once('message', (data, isBinary) => {
    clearTimeout(silence)
    void start(isBinary ? '' : String(data), kind, state, { send, end: () => ws.close(1000) }).then(
      (unsubscribe) => (ws.readyState === ws.OPEN ? (stop = unsubscribe) : unsubscribe()),
    )
  })
  ws.on('error', () => ws.terminate())
  ws.once('close', () => {
    clearTimeout(silence)
    stopWaiting()
    stop?.()
  })
}

async function start(
  message: string,
  kind: LegacyKind,
  state: AlmanacState,
  listener: { send(event: object): void; end(): void },
): Promise<() => void> {
  const model = parseModel(message)
  try {
    if (model === null) throw new TypeError('no model')
    return followLegacy(await startLegacyDownload(kind, model, state), state, listener)
  } catch (error) {
    const text = model === null ? 'A message is {"model": "NAME"}' : describeError(error).detail
    listener.send({ type: 'error', ...(model === null ? {} : { model }), message: text, success: false })
    listener.end()
    return () => {}
  }
}

function parseModel(message: string): string | null {
  try {
    const value: unknown = JSON.parse(message)
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, 'model')) return null
    const model: unknown = Reflect.get(value, 'model')
    return typeof model === 'string' && model !== '' && model.length <= 1000 ? model : null
  } catch {
    return null
  }
}
