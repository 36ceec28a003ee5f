import { request as requestPlain, type ClientRequest, type IncomingMessage } from 'node:http'
import { request as requestSecure, type RequestOptions } from 'node:https'
import type { TcpNetConnectOpts } from 'node:net'
import { pipeline, Readable } from 'node:stream'
import { classifyError } from './classify-error.js'
import { HttpFailure } from './http-failure.js'
import { loopbackFirstLookup } from './loopback-lookup.js'
import { limitsOf, type HttpLimits, type HttpOptions, type HttpResponse } from './request-options.js'
import { responseBody } from './response-body.js'
import { shownUrl } from './shown-url.js'
import { Watch } from './watch.js'

/** Longest wait for one of several addresses before the next is tried too. */
const ATTEMPT_MS = 500

function headersOf(options: HttpOptions): Record<string, string> {
  return {
    accept: '*/*',
    'user-agent': 'llm-almanac',
    ...(options.json === undefined ? {} : { 'content-type': 'application/json' }),
    ...options.headers,
    ...(options.token === undefined ? {} : { authorization: `Bearer ${options.token}` }),
  }
}

function openRequest(url: URL, options: HttpOptions): ClientRequest {
  const isEither = options.either_loopback === true && url.hostname === '127.0.0.1'
  const settings: RequestOptions &
    Pick<TcpNetConnectOpts, 'autoSelectFamily' | 'autoSelectFamilyAttemptTimeout'> = {
    method: options.method ?? 'GET',
    headers: { ...(isEither ? { host: url.host } : {}), ...headersOf(options) },
    ...(isEither ? { hostname: 'localhost' } : {}),
    agent: false,
    lookup: loopbackFirstLookup,
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: ATTEMPT_MS,
  }
  try {
    return url.protocol === 'https:' ? requestSecure(url, settings) : requestPlain(url, settings)
  } catch (error) {
    throw new HttpFailure('bad_address', `A header or the address of ${shownUrl(url)} is not valid HTTP`, {
      cause: error,
    })
  }
}

/** The upload's own pace: each chunk that the connection takes restarts the idle clock. */
async function* paced(
  body: AsyncIterable<Uint8Array>,
  watch: Watch,
  idleS: number,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of body) {
    watch.arm(idleS, 'took no data')
    yield chunk
  }
}

function sendBody(request: ClientRequest, options: HttpOptions, watch: Watch): void {
  if (options.json !== undefined) {
    const text = Buffer.from(JSON.stringify(options.json))
    request.setHeader('content-length', text.byteLength)
    request.end(text)
  } else if (options.body === undefined || options.body instanceof Uint8Array) {
    request.end(options.body)
  } else {
    const source = Readable.from(paced(options.body, watch, limitsOf(options).idle_s))
    pipeline(source, request, (error) => {
      if (error) request.destroy(error)
    })
  }
}

function watchPhases(request: ClientRequest, url: URL, watch: Watch, limits: HttpLimits): void {
  const awaitHeaders = (): void => watch.arm(limits.header_s, 'sent no answer')
  watch.arm(limits.connect_s, 'did not accept the connection')
  request.once('socket', (socket) => {
    socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', awaitHeaders)
  })
  request.once('finish', () => {
    if (request.socket?.connecting === false) awaitHeaders()
  })
}

function toResponse(
  message: IncomingMessage,
  watch: Watch,
  context: { url: URL; limits: HttpLimits },
): HttpResponse {
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(message.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value
  }
  return {
    url: context.url.href,
    status: message.statusCode ?? 0,
    headers,
    body: responseBody(message, watch, context),
    close: () => {
      watch.end()
      message.destroy()
    },
  }
}

/** One request and its response's headers; redirects are not looked at here. */
export function send(url: URL, options: HttpOptions): Promise<HttpResponse> {
  const limits = limitsOf(options)
  return new Promise((resolve, reject) => {
    const request = openRequest(url, options)
    const watch = new Watch(url, (failure) => request.destroy(failure))
    request.on('error', (error) => {
      watch.end()
      reject(watch.failure ?? classifyError(error, url))
    })
    // Unasked; without a listener nothing would tell that no answer comes.
    request.once('upgrade', (_, socket) => {
      watch.end()
      socket.destroy()
      reject(new HttpFailure('bad_output', `${shownUrl(url)} switched to another protocol unasked`))
    })
    request.once('response', (message) => {
      watch.disarm()
      // A broken connection is reported by whoever reads the body; unread, it must not end the process.
      message.on('error', () => {})
      resolve(toResponse(message, watch, { url, limits }))
    })
    watch.start(limits.total_s, options.signal)
    if (watch.failure) return
    watchPhases(request, url, watch, limits)
    sendBody(request, options, watch)
  })
}
