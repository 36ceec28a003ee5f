import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { pageFolder } from '../../src/server/page-files.js'
import { startFake } from './start.js'
import { isRecord } from './wire-shape.js'

const folder = mkdtempSync(join(tmpdir(), 'almanac-page-'))
const server = await startFake(undefined, { page_folder: join(folder, 'web') })

describe('the page', () => {
  it('is found from a checkout and from the built package', () => {
    expect(pageFolder('file:///app/src/server/page-files.ts')).toBe('/app/dist/web/')
    expect(pageFolder('file:///app/dist/src/server/page-files.js')).toBe('/app/dist/web/')
  })

  it('says kindly that it is not built', async () => {
    const { status, body } = await server.ask('/')
    expect(status).toBe(200)
    expect(body).toContain('npm run build')
  })

  it('is not there yet while its files are half written', async () => {
    const half = join(folder, 'web', 'index.html.gz')
    mkdirSync(join(folder, 'web'))
    writeFileSync(half, gzipSync('<!doctype html>').subarray(0, -4))
    expect((await server.ask('/')).status).toBe(200)
    rmSync(half)
  })

  it('is served with its headers once it is built', async () => {
    mkdirSync(join(folder, 'web', 'assets'), { recursive: true })
    writeFileSync(join(folder, 'web', 'index.html'), '<!doctype html><title>page</title>')
    writeFileSync(join(folder, 'web', 'assets', 'index-abcdEF12.js'), 'export {}')
    writeFileSync(join(folder, 'web', 'assets', 'table-abcdEF12.js.gz'), gzipSync('export const TABLE = 1'))
    writeFileSync(join(folder, 'secret.html'), 'not for you')
    for (const path of ['/', '/m/qwen3/8b', '/installed', '/models', '/how', '/index.html']) {
      const { status, body, headers } = await server.ask(path)
      expect([status, body]).toEqual([200, '<!doctype html><title>page</title>'])
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('referrer-policy')).toBe('no-referrer')
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
      expect(headers.get('content-type')).toBe('text/html; charset=utf-8')
    }
    const script = await server.ask('/assets/index-abcdEF12.js')
    expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
    expect(script.headers.get('cache-control')).toContain('immutable')
  })

  it.each([
    ['gzip', 'gzip'],
    ['identity', null],
  ])('sends a compressed file to a client that takes %s', async (accepted, coding) => {
    const { body, headers } = await server.ask('/assets/table-abcdEF12.js', {
      headers: { 'accept-encoding': accepted },
    })
    expect(body).toBe('export const TABLE = 1')
    expect(headers.get('content-encoding')).toBe(coding)
    expect(headers.get('vary')).toBe('accept-encoding')
    expect(headers.get('content-type')).toBe('text/javascript; charset=utf-8')
  })

  it.each([
    '/..%2fsecret.html',
    '/%2e%2e/secret.html',
    '/assets/..%2f..%2fsecret.html',
    '/assets/',
    '/m',
    '/nobody',
  ])('has nothing at %s', async (path) => {
    const { status, body } = await server.ask(path)
    expect(status).toBe(404)
    expect(body).toEqual({ detail: expect.any(String) })
  })
})

describe('the description of the API', () => {
  it('is OpenAPI 3.1 with every route', async () => {
    const { body } = await server.ask('/openapi.json')
    expect(body).toMatchObject({ openapi: '3.1.0' })
    const paths = isRecord(body) && isRecord(body['paths']) ? Object.keys(body['paths']) : []
    expect(paths).toEqual(
      expect.arrayContaining([
        '/health',
        '/api/model/registry',
        '/api/model/{model_name}/quantizations',
        '/api/model/install/{id}/events',
      ]),
    )
    expect(paths).not.toContain('/')
  })

  it('is readable at /docs without a script', async () => {
    const { body, headers } = await server.ask('/docs')
    expect(body).toContain('/api/model/recommendations')
    expect(body).not.toContain('<script')
    expect(headers.get('content-security-policy')).toContain("script-src 'self'")
  })
})
