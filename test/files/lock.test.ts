import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isLocked, withLock } from '../../src/files/lock.js'

const OPTIONS = { wait_ms: 0, stale_ms: 60_000, spare_stopped: true }

let folder: string
let path: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'almanac-lock-'))
  path = join(folder, 'x.lock')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** A lock as an owner left it, touched so many minutes ago. */
function leaveLock(owner: string[], minutes: number): void {
  writeFileSync(path, owner.join('\n'))
  const then = new Date(Date.now() - minutes * 60_000)
  utimesSync(path, then, then)
}

describe('withLock', () => {
  it.each([
    ['another machine that touched it just now', ['elsewhere', '4711', 'a'], 0, 'BUSY'],
    ['another machine that stopped touching it', ['elsewhere', '4711', 'a'], 10, 'free'],
    ['nobody, an empty file', [''], 10, 'free'],
    [
      'a process of this machine that lives, long untouched',
      [hostname(), String(process.pid), 'a'],
      10,
      'BUSY',
    ],
    ['a process of this machine that is gone', [hostname(), '999999999', 'a'], 0, 'free'],
  ])('held by %s is %s', async (_who, owner, minutes, expected) => {
    leaveLock(owner, minutes)
    const got = withLock(path, OPTIONS, async () => 'free').catch((error: { code: string }) => error.code)
    expect(await got).toBe(expected)
  })

  it('is seen from outside while it is held, and not when it is left over', async () => {
    expect(await isLocked(path, OPTIONS)).toBe(false)
    await withLock(path, OPTIONS, async () => expect(await isLocked(path, OPTIONS)).toBe(true))
    leaveLock([hostname(), '999999999', 'a'], 0)
    expect(await isLocked(path, OPTIONS)).toBe(false)
  })

  it('takes a stopped process for gone where it is not to be spared', async () => {
    leaveLock([hostname(), String(process.pid), 'a'], 10)
    expect(await withLock(path, { wait_ms: 0, stale_ms: 60_000 }, async () => 'free')).toBe('free')
  })

  it('tells a process id that was given again from its first owner', async () => {
    leaveLock([hostname(), String(process.pid), 'a', '1'], 0)
    const got = withLock(path, OPTIONS, async () => 'free').catch((error: { code: string }) => error.code)
    expect(await got).toBe(process.platform === 'linux' ? 'free' : 'BUSY')
  })
})
