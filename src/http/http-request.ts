import { HttpFailure } from './http-failure.js'
import { limitsOf, type HttpOptions, type HttpResponse } from './request-options.js'
import { send } from './send.js'
import { shownUrl } from './shown-url.js'

const MAX_REDIRECTS = 5
const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308]
const PRIVATE_HEADERS: readonly string[] = ['authorization', 'cookie', 'proxy-authorization']

/** An http(s) URL without user info, or the failure `bad_address`. */
function parseAddress(address: string | URL, base?: URL): URL {
  const text = String(address)
  if (!URL.canParse(text, base?.href)) throw new HttpFailure('bad_address', 'The address is not a URL')
  const url = new URL(text, base)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new HttpFailure('bad_address', `Only http and https can be asked, not ${url.protocol.slice(0, 20)}`)
  }
  if (url.username !== '' || url.password !== '') {
    throw new HttpFailure('bad_address', 'A user name or password in an address is not supported')
  }
  return url
}

/** The options for the next hop: secrets stay with the origin they were meant for. */
function optionsFor(next: URL, from: URL, options: HttpOptions): HttpOptions {
  if (next.origin === from.origin) return options
  const kept = Object.entries(options.headers ?? {}).filter(
    ([name]) => !PRIVATE_HEADERS.includes(name.toLowerCase()),
  )
  const hop: HttpOptions = { ...options, headers: Object.fromEntries(kept) }
  delete hop.token
  return hop
}

/** A bad address in an answer is the server's fault, not the caller's. */
function parseLocation(location: string, from: URL, where: string): URL {
  try {
    return parseAddress(location, from)
  } catch (error) {
    throw new HttpFailure('redirected', `${where}, to an address that is not followed`, { cause: error })
  }
}

function nextAddress(response: HttpResponse, from: URL, options: HttpOptions): URL {
  const location = response.headers['location']
  const status = { status: response.status }
  const where = `${shownUrl(from)} sent us elsewhere (${response.status})`
  if (options.redirect !== 'follow') throw new HttpFailure('redirected', where, status)
  if (!['GET', 'HEAD', undefined].includes(options.method) || location === undefined) {
    throw new HttpFailure('redirected', `${where}, which cannot be followed`, status)
  }
  const next = parseLocation(location, from, where)
  if (from.protocol === 'https:' && next.protocol === 'http:') {
    throw new HttpFailure('redirected', `${where}, from https to http`, status)
  }
  return next
}

/**
 * Asks a server and resolves with the response's headers; the body streams.
 *
 * Resolves for every status (see `fetchJson` for one that does not). Redirects are failures unless asked otherwise.
 *
 * @throws {HttpFailure}
 */
export async function httpRequest(address: string | URL, options: HttpOptions = {}): Promise<HttpResponse> {
  let url = parseAddress(address)
  let hop = options
  const deadline = performance.now() + limitsOf(options).total_s * 1000
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
    const response = await send(url, hop)
    if (options.redirect === 'manual' || !REDIRECTS.includes(response.status)) return response
    response.close()
    const next = nextAddress(response, url, options)
    hop = { ...optionsFor(next, url, hop), total_s: Math.max(0, (deadline - performance.now()) / 1000) }
    url = next
  }
  throw new HttpFailure('redirected', `${shownUrl(url)} redirects more than ${MAX_REDIRECTS} times`)
}
