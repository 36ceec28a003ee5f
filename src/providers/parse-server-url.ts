import { dialableHost } from './parse-ollama-host.js'

/** API paths that people copy along with the address. */
const API_PATH = /\/(?:v1|api\/v[01])?\/*$/

/**
 * The address in `LM_STUDIO_URL` or `LLAMA_SERVER_URL`: a URL, or a host with or without port.
 * A trailing `/v1` is dropped, `ws:` is read as `http:`, a wildcard host as loopback.
 *
 * @returns Without a final slash; `null` where the text is no address.
 * @example parseServerUrl('localhost:1234/v1', 1234) // 'http://localhost:1234'
 */
export function parseServerUrl(value: string, defaultPort: number): string | null {
  const text = value
    .trim()
    .replace(/^["']+|["']+$/g, '')
    .trim()
    .replace(/^ws(s?):\/\//i, 'http$1://')
  const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text)
  const full = hasScheme ? text : `http://${text.startsWith(':') ? '127.0.0.1' : ''}${text}`
  if (/[\s\\]/.test(text) || !URL.canParse(full)) return null
  const url = new URL(full)
  if (!/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') return null
  const hasPort = url.port !== '' || hasScheme || /:\d+(\/|$)/.test(text)
  const port = hasPort ? url.port : String(defaultPort)
  const host = dialableHost(url.hostname)
  const path = url.pathname.replace(/\/+$/, '/').replace(API_PATH, '')
  return `${url.protocol}//${host}${port === '' ? '' : `:${port}`}${path}`
}
