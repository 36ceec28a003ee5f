import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createFakeOllama } from './fake-ollama.js'
import type { Figure } from './figure.js'
import { loadServer } from './load.js'
import { median } from './measure-command.js'

const SECONDS = 2
const ROUNDS = 3

const PATHS = [
  '/health',
  '/api/model/registry',
  '/api/model/catalog',
  '/api/model/catalog?all=true',
  '/api/model/recommendations',
  '/api/model/recommendations?vram_gb=24',
]

/** What node itself does with an answer of so many bytes and nothing to decide. */
const BARE = `
const body = Buffer.alloc(Number(process.argv[1]), 'x')
const server = require('node:http').createServer((_, response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.byteLength })
  response.end(body)
})
server.listen(0, '127.0.0.1', () => console.log('http://127.0.0.1:' + server.address().port))
`

interface Child {
  url: string
  stop(): void
}

/**
 * Requests per second of the built server's routes with warm caches and one fake provider, each in turn with a bare
 * node server that sends as many bytes: the load generator takes a core of the same machine, so the ratio says more.
 */
export async function measureServer(): Promise<Figure[]> {
  const home = mkdtempSync(join(tmpdir(), 'almanac-bench-'))
  const ollama = createFakeOllama().listen(0, '127.0.0.1')
  await once(ollama, 'listening')
  const address = ollama.address()
  const port = typeof address === 'object' ? address?.port : undefined
  const env = { LLM_ALMANAC_HOME: home, OLLAMA_HOST: `127.0.0.1:${port}` }
  const server = await startChild(['dist/src/cli/main.js', 'serve', '--port', '0'], env)
  try {
    const figures: Figure[] = []
    for (const path of PATHS) figures.push(...(await measureRoute(server.url, path)))
    return figures
  } finally {
    server.stop()
    ollama.close()
    rmSync(home, { recursive: true, force: true })
  }
}

async function measureRoute(url: string, path: string): Promise<Figure[]> {
  const { bytes } = await loadServer(url + path, SECONDS / 2)
  const bare = await startChild(['-e', BARE, String(bytes)], {})
  const rates: { ours: number; bare: number }[] = []
  try {
    for (let round = 0; round < ROUNDS; round++) {
      const { requests_per_s } = await loadServer(bare.url, SECONDS)
      rates.push({ bare: requests_per_s, ours: (await loadServer(url + path, SECONDS)).requests_per_s })
    }
  } finally {
    bare.stop()
  }
  const ours = median(rates.map((rate) => rate.ours))
  return [
    { name: path, value: ours, unit: 'requests/s' },
    { name: '  bytes of an answer', value: bytes, unit: 'bytes' },
    {
      name: '  against bare node, same bytes',
      value: ours / median(rates.map((rate) => rate.bare)),
      unit: '×',
    },
  ]
}

/** A node process that prints its address; the address is the last word of its first line. */
async function startChild(argv: readonly string[], env: Readonly<Record<string, string>>): Promise<Child> {
  const stdio = ['ignore', 'pipe', 'inherit'] as const
  const child = spawn(process.execPath, argv, { stdio: [...stdio], env: { ...process.env, ...env } })
  const [chunk]: unknown[] = await Promise.race([once(child.stdout, 'data'), once(child, 'exit')])
  const url = String(chunk).trim().split(/\s+/).at(-1) ?? ''
  if (!url.startsWith('http://')) throw new Error(`node ${argv[0]} ended without an address`)
  return { url, stop: () => void child.kill() }
}
