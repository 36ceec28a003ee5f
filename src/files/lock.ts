import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { link, mkdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { AlmanacError } from '../errors.js'

export interface LockOptions {
  /** How long to wait for others. */
  wait_ms: number
  /** A lock that its holder has not touched for so long is left over; two beats at least. */
  stale_ms: number
  /**
   * A process of this machine that lives but stands still (Ctrl-Z, a closed laptop lid) keeps its lock: for work
   * that it would go on with when it wakes. Default: it loses the lock like any other.
   */
  spare_stopped?: boolean
}

/** Whoever holds a lock touches it so often: that is all another machine (or container) can see of it. */
const BEAT_MS = 5000

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

/** Whether a process of this machine is gone; `null` for an owner that cannot be looked at. */
function isGone(owner: string): boolean | null {
  const [host, pid = '', , started = ''] = owner.split('\n')
  if (host !== hostname() || !/^[1-9]\d{0,9}$/.test(pid)) return null
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
async function readStaleOwner(
  path: string,
  { stale_ms, spare_stopped = false }: Omit<LockOptions, 'wait_ms'>,
): Promise<string | null> {
  try {
    const [owner, { mtimeMs }] = await Promise.all([readFile(path, 'utf8'), stat(path)])
    const gone = isGone(owner)
    const spared = gone === false && spare_stopped
    return gone === true || (!spared && Date.now() - mtimeMs > stale_ms) ? owner : null
  } catch (error) {
    if (isCode(error, 'ENOENT')) return null
    throw error
  }
}

/**
 * Removes a left-over lock. Only one process at a time may do so, under a lock of its own, and it looks again:
 * otherwise the second one would remove the lock that a third has just taken.
 */
async function removeStale(path: string, options: Omit<LockOptions, 'wait_ms'>): Promise<void> {
  if ((await readStaleOwner(path, options)) === null) return
  const breaker = `${path}.break`
  if (!(await create(breaker, ownerText()))) {
    if ((await readStaleOwner(breaker, { stale_ms: BREAKING_MS })) !== null)
      await rm(breaker, { force: true })
    return
  }
  try {
    if ((await readStaleOwner(path, options)) !== null) await rm(path, { force: true })
  } finally {
    await rm(breaker, { force: true })
  }
}

/** Whether somebody holds the lock file now; one that is left over does not count. */
export async function isLocked(path: string, options: Omit<LockOptions, 'wait_ms'>): Promise<boolean> {
  const exists = await stat(path).then(
    () => true,
    () => false,
  )
  return exists && (await readStaleOwner(path, options)) === null
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
    await removeStale(path, options)
    // A lock that was just found to be left over deserves one more try, whatever the patience.
    if (tries > 1 && Date.now() > end) throw await busy(path)
    await sleep(1 + Math.random() * 9)
  }
  const isOurs = async (): Promise<boolean> => (await readFile(path, 'utf8').catch(() => '')) === owner
  const beat = setInterval(() => {
    const now = new Date()
    void isOurs()
      .then((ours) => (ours ? utimes(path, now, now) : undefined))
      .catch(() => undefined)
  }, BEAT_MS).unref()
  try {
    return await work(isOurs)
  } finally {
    clearInterval(beat)
    if (await isOurs()) await rm(path, { force: true })
  }
}

async function busy(path: string): Promise<AlmanacError> {
  const [host, pid] = (await readFile(path, 'utf8').catch(() => '')).split('\n')
  const where = host === hostname() ? '' : ` on ${host ?? 'another machine'}`
  const who = pid ? `process ${pid}${where}` : 'another process'
  return new AlmanacError('BUSY', `${who} is doing the same`, 'wait for it, or stop it')
}
