import { readdir, readFile } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { Answer } from './answer.js'

export interface PageFile {
  answer: Answer
  /** Its name changes with its content. */
  immutable: boolean
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
}
/** The page is a fraction of this; a larger folder is not it. */
const MAX_FILES = 2_000
const MAX_BYTES = 64 * 1024 ** 2

const inflate = promisify(gunzip)

/** Where `npm run build` puts the page, seen from a checkout and from the built package. */
export function pageFolder(module = import.meta.url): string {
  const built = /\/dist\/src\/server\/[^/]+$/.test(module)
  return fileURLToPath(new URL(built ? '../../web/' : '../../dist/web/', module))
}

/**
 * The files of the built page by their path in the address; empty where it is not built. They are read once and
 * whole: a request can name nothing else, whatever its path says.
 */
export async function readPageFiles(folder: string): Promise<ReadonlyMap<string, PageFile>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const files = new Map<string, PageFile>()
  let bytes = 0
  for (const entry of entries.slice(0, MAX_FILES)) {
    const gzipped = entry.name.endsWith('.gz')
    const plainName = gzipped ? entry.name.slice(0, -'.gz'.length) : entry.name
    const type = TYPES[extname(plainName).toLowerCase()]
    if (!entry.isFile() || type === undefined) continue
    const path = join(entry.parentPath, entry.name)
    const stored = await readFile(path)
    const body = gzipped ? await inflate(stored) : stored
    bytes += body.byteLength
    if (bytes > MAX_BYTES) break
    const name = `/${relative(folder, join(entry.parentPath, plainName)).split(sep).join('/')}`
    const immutable = /[-.][A-Za-z0-9_-]{8,}\.(js|css|woff2)$/.test(name)
    files.set(name, { answer: new Answer(body, { type, ...(gzipped ? { gzip: stored } : {}) }), immutable })
  }
  return files
}
