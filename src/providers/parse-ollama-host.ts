import { isIP } from 'node:net'

const DEFAULT_PORT = '11434'

/** What Go's `net.SplitHostPort` makes of a text; `null` where it reports an error. */
function splitHostPort(text: string): { host: string; port: string } | null {
  const colon = text.lastIndexOf(':')
  if (colon === -1) return null
  const port = text.slice(colon + 1)
  if (text.startsWith('[')) {
    const host = text.slice(1, colon - 1)
    return text[colon - 1] === ']' && !/[[\]]/.test(host + port) ? { host, port } : null
  }
  const host = text.slice(0, colon)
  return /[:[\]]/.test(host + port) ? null : { host, port }
}

function hostAndPort(text: string, defaultPort: string): { host: string; port: string } {
  const split = splitHostPort(text)
  const bare = text.replace(/^[[\]]+|[[\]]+$/g, '')
  const host = split?.host ?? (isIP(bare) ? bare : text || '127.0.0.1')
  const port = split?.port ?? defaultPort
  const isPort = /^\d{1,5}$/.test(port) && Number(port) <= 65535
  return { host, port: isPort ? String(Number(port)) : defaultPort }
}

/** A bind address is no address to dial: wildcards become the loopback of their family. */
export function dialableHost(host: string): string {
  if (host === '' || host === '0.0.0.0' || host === '[::ffff:0:0]') return '127.0.0.1'
  return host === '[::]' ? '[::1]' : host
}

/** The host in the spelling of URLs, or `null` where it cannot be part of one. */
export function urlHost(host: string): string | null {
  if (host === '') return ''
  const text = `http://${host.includes(':') ? `[${host}]` : host}/`
  if (/[\s@/\\?#%<>^|]/.test(host) || !URL.canParse(text)) return null
  return new URL(text).hostname
}

/**
 * The address at which a client finds the Ollama server that `OLLAMA_HOST` describes, port always written out.
 * Follows Ollama's own reading: no scheme means port 11434, `http://` 80, `https://` 443; a bad port is the default.
 *
 * @returns `null` where no server can have that address.
 * @example parseOllamaHost('0.0.0.0:8080') // 'http://127.0.0.1:8080'
 * Source: https://github.com/ollama/ollama/blob/fb30760996871fa9460115c753afd2c60d4ab0f7/envconfig/config.go
 */
export function parseOllamaHost(value: string | undefined): string | null {
  const text = (value ?? '')
    .trim()
    .replace(/^["']+|["']+$/g, '')
    .trim()
  if (text === 'ollama.com') return 'https://ollama.com:443'
  const [, scheme = 'http', rest = ''] = /^(?:(.*?):\/\/)?(.*)$/s.exec(text) ?? []
  if (!/^https?$/i.test(scheme)) return null
  const ports: Readonly<Record<string, string>> = { http: '80', https: '443' }
  const defaultPort = text.includes('://') ? (ports[scheme] ?? DEFAULT_PORT) : DEFAULT_PORT
  const [hostport = '', ...path] = rest.split('/')
  // A user name would be read as the host: an address with a password in it is refused, not half used.
  if (hostport.includes('@')) return null
  const { host, port } = hostAndPort(hostport, defaultPort)
  const name = urlHost(host)
  if (name === null) return null
  const segments = path.filter((segment) => segment !== '').map(encodeURIComponent)
  return [`${scheme.toLowerCase()}://${dialableHost(name)}:${port}`, ...segments].join('/')
}
