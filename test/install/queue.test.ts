import { describe, expect, it } from 'vitest'
import { InstallQueue } from '../../src/install/queue.js'
import type { QueueEvent, RunContext } from '../../src/install/queue.js'

/** A queue whose installs end when they are told to. */
function manualQueue() {
  const running: { model: string; context: RunContext; end: (error?: Error) => void }[] = []
  const queue = new InstallQueue(
    (model, _provider, context) =>
      new Promise((resolve, reject) => {
        running.push({ model, context, end: (error) => (error ? reject(error) : resolve()) })
      }),
  )
  return { queue, running }
}

const settle = () => new Promise((resolve) => setImmediate(resolve))

describe('InstallQueue', () => {
  it('runs one at a time, in order', async () => {
    const { queue, running } = manualQueue()
    const ids = ['a', 'b', 'c'].map((model) => queue.enqueue({ model, provider: 'file' }).job.id)
    await settle()
    expect(queue.list().map(({ status }) => status)).toEqual(['running', 'queued', 'queued'])
    running[0]?.end()
    await settle()
    expect(running.map(({ model }) => model)).toEqual(['a', 'b'])
    queue.cancel(ids[2] ?? '')
    running[1]?.end(new Error('broken'))
    await settle()
    expect(queue.list().map(({ status }) => status)).toEqual(['done', 'error', 'cancelled'])
    expect(running).toHaveLength(2)
  })

  it('starts the next one only when the cancelled one has let go', async () => {
    const { queue, running } = manualQueue()
    const { job } = queue.enqueue({ model: 'a', provider: 'file' })
    const again = () => queue.enqueue({ model: 'a', provider: 'file' })
    expect(again()).toMatchObject({ is_new: false, job: { id: job.id } })
    queue.cancel(job.id)
    expect(running[0]?.context.signal.aborted).toBe(true)
    expect(again().is_new).toBe(true)
    await settle()
    expect(running).toHaveLength(1)
    running[0]?.end(new Error('aborted'))
    await settle()
    expect(running).toHaveLength(2)
    expect(queue.get(job.id)?.status).toBe('cancelled')
  })

  it('never lets the bytes fall and tells one end', async () => {
    const { queue, running } = manualQueue()
    const { job } = queue.enqueue({ model: 'a', provider: 'file' })
    const heard: QueueEvent[] = []
    queue.subscribe(job.id, (event) => heard.push(event))
    const report = running[0]?.context.report
    const progress = {
      type: 'progress',
      phase: 'downloading',
      total_bytes: 9,
      bytes_per_second: null,
    } as const
    report?.({ ...progress, completed_bytes: 5 })
    report?.({ ...progress, completed_bytes: 3 })
    expect(queue.get(job.id)?.completed_bytes).toBe(5)
    report?.({ type: 'done', provider: 'file', bytes: 9 })
    running[0]?.end()
    await settle()
    expect(heard.filter(({ type }) => type === 'done')).toHaveLength(1)
    expect(queue.get(job.id)).toMatchObject({ status: 'done', completed_bytes: 9 })
  })

  it('remembers a hundred that are over', async () => {
    const queue = new InstallQueue(async () => {})
    for (let index = 0; index < 130; index++) {
      queue.enqueue({ model: `m${index}`, provider: 'file' })
      await settle()
    }
    expect(queue.list()).toHaveLength(100)
    expect(queue.list()[0]?.model).toBe('m30')
  })
})
