import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { link, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { AlmanacError } from '../errors.js'

export interface LockOptions {
  /** How long to wait for others. */
  wait_ms: number
  /** Nobody holds the lock that long; whoever left it is stopped or gone, also on another machine. */
  stale_ms: number
}

function isCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code))
}

/** Removing a left-over lock takes milliseconds. */
const BREAKING_MS = 10_000

/** The lock appears with its owner in it or not at all. */
async function create(path: string, owner: string): Promise<boolean> {
  const draft = `${path}.${randomUUID()}`
  await writeFile(draft, owner, { flag: 'wx' })
  try {
    await link(draft, path)
    return true
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false
    if (isCode(error, 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS')) return createWithoutLinks(path, owner)
    throw error
  } finally {
    await rm(draft, { force: true })
  }
}

/** For file systems without hard links: the owner appears a moment later, and until then the lock's age counts. */
async function createWithoutLinks(path: string, owner: string): Promise<boolean> {
  try {
    await writeFile(path, owner, { flag: 'wx' })
    return true
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false
    throw error
  }
}

function isGone(owner: string): boolean {
  const [host, pid = '', , started = ''] = owner.split('\n')
  if (host !== hostname()) return false
  try {
    process.kill(Number(pid), 0)
  } catch (error) {
    return isCode(error, 'ESRCH')
  }
  const start = startOf(pid)
  return started !== '' && start !== '' && started !== start
}

/** When a process started, as Linux counts; tells a process id apart that has been given again. */
function startOf(pid: string): string {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1')
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  } catch {
    return ''
  }
}

/** The owner of a lock that is left over, else `null`. */
async function readStaleOwner(path: string, staleMs: number): Promise<string | null> {
  try {
    const [owner, { mtimeMs }] = await Promise.all([readFile(path, 'utf8'), stat(path)])
    return isGone(owner) || Date.now() - mtimeMs > staleMs ? owner : null
  } catch (error) {
    if (isCode(error, 'ENOENT')) return null
    throw error
  }
}

/**
 * Removes a left-over lock. Only one process at a time may do so, under a lock of its own, and it looks again:
 * otherwise the second one would remove the lock that a third has just taken.
 */
async function removeStale(path: string, staleMs: number): Promise<void> {
  if ((await readStaleOwner(path, staleMs)) === null) return
  const breaker = `${path}.break`
  if (!(await create(breaker, ownerText()))) {
    if ((await readStaleOwner(breaker, BREAKING_MS)) !== null) await rm(breaker, { force: true })
    return
  }
  try {
    if ((await readStaleOwner(path, staleMs)) !== null) await rm(path, { force: true })
  } finally {
    await rm(breaker, { force: true })
  }
}

function ownerText(): string {
  return [hostname(), process.pid, randomUUID(), startOf(String(process.pid))].join('\n')
}

/**
 * Runs `work` while nobody else holds the lock file. A lock whose owner is gone is taken over. `isOurs` tells
 * whether the lock is still held, to be asked before the last step of anything that may have taken long.
 *
 * @throws {AlmanacError} `BUSY` once waiting has taken `wait_ms`.
 */
export async function withLock<T>(
  path: string,
  options: LockOptions,
  work: (isOurs: () => Promise<boolean>) => Promise<T>,
): Promise<T> {
  const owner = ownerText()
  const end = Date.now() + options.wait_ms
  await mkdir(dirname(path), { recursive: true })
  for (let tries = 1; !(await create(path, owner)); tries += 1) {
    await removeStale(path, options.stale_ms)
    // A lock that was just found to be left over deserves one more try, whatever the patience.
    if (tries > 1 && Date.now() > end) throw await busy(path)
    await sleep(1 + Math.random() * 9)
  }
  const isOurs = async (): Promise<boolean> => (await readFile(path, 'utf8').catch(() => '')) === owner
  try {
    return await work(isOurs)
  } finally {
    if (await isOurs()) await rm(path, { force: true })
  }
}

async function busy(path: string): Promise<AlmanacError> {
  const [, pid] = (await readFile(path, 'utf8').catch(() => '')).split('\n')
  const who = pid ? `process ${pid}` : 'another process'
  return new AlmanacError('BUSY', `${who} is doing the same`, 'wait for it, or stop it')
}
