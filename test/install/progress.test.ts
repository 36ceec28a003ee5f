import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ProgressMeter } from '../../src/install/progress.js'
import type { InstallEvent } from '../../src/install/types.js'

let events: InstallEvent[] = []
const counts = () => events.map((event) => (event.type === 'progress' ? event.completed_bytes : event.type))

beforeEach(() => {
  events = []
  vi.useFakeTimers()
})
afterEach(() => vi.useRealTimers())

describe('the progress of a download', () => {
  const startMeter = () => new ProgressMeter((event) => void events.push(event), 1000)

  it('is told four times a second, and what came last before a silence too', () => {
    const meter = startMeter()
    for (let bytes = 1; bytes <= 10; bytes += 1) meter.update(bytes, 'downloading')
    expect(counts()).toEqual([1])
    vi.advanceTimersByTime(60_000)
    expect(counts()).toEqual([1, 10])
    meter.update(20, 'downloading')
    expect(counts()).toEqual([1, 10, 20])
  })

  it('is told at once of a new phase and of the end, and once only', () => {
    const meter = startMeter()
    meter.update(1, 'downloading')
    meter.update(2, 'downloading')
    meter.update(3, 'verifying')
    meter.update(1000, 'verifying')
    vi.advanceTimersByTime(60_000)
    expect(counts()).toEqual([1, 3, 1000])
  })

  it('never falls', () => {
    const meter = startMeter()
    meter.update(500, 'downloading')
    vi.advanceTimersByTime(250)
    meter.update(100, 'downloading')
    expect(counts()).toEqual([500, 500])
  })

  it('says nothing more when the work is over', () => {
    const meter = startMeter()
    meter.update(1, 'downloading')
    meter.update(2, 'downloading')
    meter.end()
    vi.advanceTimersByTime(60_000)
    expect(counts()).toEqual([1])
    expect(vi.getTimerCount()).toBe(0)
  })

  it('has a speed over the last seconds', () => {
    const meter = startMeter()
    for (let bytes = 0; bytes <= 400; bytes += 100) {
      meter.update(bytes, 'downloading')
      vi.advanceTimersByTime(1000)
    }
    expect(events.at(-1)).toMatchObject({ bytes_per_second: 100, total_bytes: 1000 })
  })
})
