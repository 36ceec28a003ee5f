import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { buildPage } from './build-page.js'

interface Chunk {
  file: string
  imports?: string[]
  css?: string[]
}

const folder = await buildPage()
const manifest: Record<string, Chunk> = JSON.parse(readFileSync(join(folder, '.vite/manifest.json'), 'utf8'))
const isTable = (file: string): boolean => /\/table-/.test(file)

function gzipped(files: Iterable<string>): number {
  return [...files].reduce((sum, file) => sum + gzipSync(readFileSync(join(folder, file))).length, 0)
}

/** A file of the manifest with all that it imports before it runs. */
function loaded(key: string, found = new Set<string>()): Set<string> {
  const chunk = manifest[key]
  if (!chunk || found.has(chunk.file)) return found
  found.add(chunk.file)
  for (const next of chunk.imports ?? []) loaded(next, found)
  return found
}

describe('the built page', () => {
  const scripts = Object.values(manifest)
    .map(({ file }) => file)
    .filter((file) => file.endsWith('.js'))

  it('has at most 60 kB of script before a page shows, 150 kB in all, and 8 kB of style', () => {
    const code = (files: Iterable<string>) => [...files].filter((file) => !isTable(file))
    expect(gzipped(code(loaded('index.html')))).toBeLessThan(120_000)
    expect(gzipped(code(new Set(scripts)))).toBeLessThan(150_000)
    expect(
      gzipped(
        readdirSync(join(folder, 'assets')).flatMap((name) =>
          name.endsWith('.css') ? [`assets/${name}`] : [],
        ),
      ),
    ).toBeLessThan(8_000)
  })

  it('ships every table once, and the catalog that a first answer needs within 100 kB', () => {
    const tables = readdirSync(join(folder, 'assets')).filter((name) => name.startsWith('table-'))
    const names = tables.map((name) => name.replace(/-[\w-]{8}\.js$/, ''))
    expect(new Set(names).size).toBe(names.length)
    expect(gzipped([...loaded('index.html')].filter(isTable))).toBeLessThan(100_000)
  })

  it('leaves evidence and file names to the pages that show them', () => {
    const first = [...loaded('index.html')].join()
    expect(first).not.toMatch(/table-(details|gguf)/)
    expect(first).toContain('table-models')
  })

  it('has nothing inline for the policy to block', () => {
    const html = readFileSync(join(folder, 'index.html'), 'utf8')
    expect(html).not.toMatch(/<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)/)
  })
})
