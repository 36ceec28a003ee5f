import { describe, expect, it } from 'vitest'
import type { RunContext } from '../../src/install/queue.js'
import { AlmanacError } from '../../src/errors.js'
import { ALLOWED } from './fake-ports.js'
import { startFake } from './start.js'
import { isRecord } from './wire-shape.js'

const server = await startFake()
const { world } = server
const INSTALL = '/api/model/install'

/** All events of a stream, until it ends. */
async function readEvents(path: string, init: RequestInit = {}): Promise<Record<string, unknown>[]> {
  const response = await fetch(`${server.url}${path}`, init)
  expect(response.headers.get('content-type')).toContain('text/event-stream')
  const events = [...(await response.text()).matchAll(/^data: (.*)$/gm)].map((match): unknown =>
    JSON.parse(match[1] ?? ''),
  )
  return events.filter(isRecord)
}

function postJson(body: unknown): RequestInit {
  return { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
}

/** An install that waits for its end. */
function held(): { run: (model: string, context: RunContext) => Promise<void>; release: () => void } {
  let release = (): void => {}
  const open = new Promise<void>((resolve) => (release = resolve))
  return {
    release,
    run: async (model, { report, signal }) => {
      report({ type: 'start', model, quantization: 'Q4_K_M', provider: 'file', total_bytes: 200 })
      report({
        type: 'progress',
        phase: 'downloading',
        completed_bytes: 50,
        total_bytes: 200,
        bytes_per_second: 10,
      })
      await Promise.race([open, new Promise((_, reject) => signal.addEventListener('abort', reject))])
      report({
        type: 'progress',
        phase: 'verifying',
        completed_bytes: 20,
        total_bytes: 200,
        bytes_per_second: 10,
      })
      report({ type: 'done', provider: 'file', bytes: 200, path: '/somewhere' })
    },
  }
}

async function startHeld(model: string): Promise<{ id: string; release: () => void }> {
  const { run, release } = held()
  world.install = run
  const { status, body } = await server.send('POST', INSTALL, { model, provider: 'file' })
  expect(status).toBe(202)
  return { id: isRecord(body) ? String(body['id']) : '', release }
}

describe('installs', () => {
  it('follows one to its end, and tells a late listener at once', async () => {
    const { id, release } = await startHeld('qwen3:8b')
    const events = readEvents(`${INSTALL}/${id}/events`)
    const now = await server.ask(`${INSTALL}/${id}`)
    expect(now.body).toMatchObject({
      id,
      model: 'qwen3:8b',
      provider: 'file',
      status: 'running',
      completed_bytes: 50,
      total_bytes: 200,
    })
    release()
    expect((await events).map((event) => event['type'])).toEqual(['progress', 'progress', 'done'])
    expect(await readEvents(`${INSTALL}/${id}/events`)).toEqual([
      expect.objectContaining({ type: 'done', bytes: 200 }),
    ])
    expect((await server.ask(`${INSTALL}/${id}`)).body).toMatchObject({
      status: 'done',
      completed_bytes: 200,
    })
  })

  it('gives the same install again while it runs, however it is spelled', async () => {
    const { id, release } = await startHeld('qwen3:8b@Q8_0')
    const again = await server.send('POST', INSTALL, { model: 'Qwen3:8B@q8_0', provider: 'file' })
    expect(again).toMatchObject({ status: 200, body: { id } })
    release()
  })

  it('cancels one, ends its stream, and leaves the queue open', async () => {
    const { id } = await startHeld('qwen3:4b')
    const events = readEvents(`${INSTALL}/${id}/events`)
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(await server.send('DELETE', `${INSTALL}/${id}`)).toMatchObject({
      status: 200,
      body: { id, status: 'cancelled' },
    })
    expect((await events).at(-1)).toEqual({ type: 'cancelled' })
    const next = await startHeld('qwen3:4b')
    expect(next.id).not.toBe(id)
    next.release()
    expect((await readEvents(`${INSTALL}/${next.id}/events`)).at(-1)).toMatchObject({ type: 'done' })
  })

  it('does not call cancelled what had ended before', async () => {
    const { id, release } = await startHeld('qwen3:0.6b')
    release()
    await readEvents(`${INSTALL}/${id}/events`)
    expect(await server.send('DELETE', `${INSTALL}/${id}`)).toMatchObject({
      status: 200,
      body: { id, status: 'done' },
    })
    expect((await server.ask(`${INSTALL}/${id}`)).body).toMatchObject({ status: 'done' })
  })

  it('says why one failed', async () => {
    world.install = async () => {
      throw new AlmanacError('HASH_MISMATCH', 'damaged', 'try again')
    }
    const { body } = await server.send('POST', INSTALL, { model: 'qwen3:1.7b', provider: 'file' })
    const id = isRecord(body) ? String(body['id']) : ''
    expect((await readEvents(`${INSTALL}/${id}/events`)).at(-1)).toEqual({
      type: 'error',
      code: 'HASH_MISMATCH',
      message: 'damaged',
      hint: 'try again',
    })
  })

  it.each([
    [{ model: 'qwen3:8b', provider: 'file', dir: '/etc' }, 400],
    [{ model: 'qwen3:8b', provider: 'nobody' }, 400],
    [{ model: 'qwen3:8b' }, 400],
    [{ provider: 'file' }, 400],
    [{ model: 'qwen3:8b', provider: 'file', force: 'yes' }, 400],
    [{ model: 'hf:../../x/y.gguf', provider: 'file' }, 400],
    [{ model: 'hf:a/b/c.bin', provider: 'file' }, 400],
    [{ model: 'nobody:1b', provider: 'file' }, 404],
    [{ model: 'qwen3:8b@Q9', provider: 'file' }, 404],
  ])('refuses %j with %i', async (body, status) => {
    expect((await server.send('POST', INSTALL, body)).status).toBe(status)
  })

  it.each([
    ['does_not_fit', true, false, 409],
    ['does_not_fit', true, true, 202],
    ['no_space', false, true, 409],
    ['provider_absent', false, true, 503],
  ] as const)(
    'answers a gate closed by %s (overridable %s, forced %s) with %i',
    async (code, overridable, force, status) => {
      world.install = async () => {}
      world.verdict = { ...ALLOWED, verdict: 'refused', reasons: [{ code, message: 'because', overridable }] }
      const answer = await server.send('POST', INSTALL, { model: 'qwen3:0.6b', provider: 'ollama', force })
      world.verdict = ALLOWED
      expect(answer.status).toBe(status)
      if (status >= 400) expect(answer.body).toEqual({ detail: 'because' })
    },
  )
})

describe('the older download routes', () => {
  it.each([
    ['pull-stream', 'tinyllama:1.1b'],
    ['download-gguf-stream', 'qwen3:8b'],
  ])('%s: percent never falls, ends at 100, one end', async (route, model) => {
    const { run, release } = held()
    world.install = run
    release()
    const events = await readEvents(`/api/model/${route}`, postJson({ model }))
    const percents = events.map((event) => Number(event['percent']))
    expect(percents).toEqual(percents.toSorted((a, b) => a - b))
    expect(percents.at(-1)).toBe(100)
    expect(events.filter((event) => event['success'] !== undefined)).toEqual([
      expect.objectContaining({ type: 'complete', model, success: true }),
    ])
  })

  it('ends a cancelled stream and drops the request behind it', async () => {
    let dropped = false
    world.install = (_, { signal }) =>
      new Promise((_resolve, reject) =>
        signal.addEventListener('abort', () => {
          dropped = true
          reject(new Error('aborted'))
        }),
      )
    const events = readEvents('/api/model/pull-stream', postJson({ model: 'hf.co/some/model:Q4_K_M' }))
    await expect
      .poll(() => server.send('POST', '/api/model/cancel-download', { model: 'hf.co/some/model:Q4_K_M' }), {
        timeout: 5000,
      })
      .toMatchObject({ body: { status: 'cancelled' } })
    expect((await events).at(-1)).toMatchObject({ type: 'cancelled', success: false })
    expect(dropped).toBe(true)
  })

  it.each(['-x', '../x', 'a b', 'x\u0000', '/etc/passwd', 'a//b'])('refuses to pull %j', async (model) => {
    expect((await server.send('POST', '/api/model/pull-stream', { model })).status).toBe(400)
  })

  it('answers a closed gate with 409 and a stall with 504', async () => {
    world.verdict = {
      ...ALLOWED,
      verdict: 'refused',
      reasons: [{ code: 'no_space', message: 'full', overridable: false }],
    }
    expect((await server.send('POST', '/api/model/pull', { model: 'llama3.2' })).status).toBe(409)
    world.verdict = ALLOWED
    world.install = async () => {
      throw new AlmanacError('TIMED_OUT', 'stalled')
    }
    expect((await server.send('POST', '/api/model/pull', { model: 'llama3.2' })).status).toBe(504)
  })
})
