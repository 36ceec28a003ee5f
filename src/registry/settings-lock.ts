import { randomUUID } from 'node:crypto'
import { link, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { AlmanacError } from '../errors.js'

/** How long to wait for others: each of them needs some milliseconds. */
const WAIT_MS = 15_000
/** Nobody holds the lock that long; whoever left it is stopped or gone, also on another machine. */
const STALE_MS = 10_000

function isCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code))
}

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
  const [host, pid] = owner.split('\n')
  if (host !== hostname()) return false
  try {
    process.kill(Number(pid), 0)
    return false
  } catch (error) {
    return isCode(error, 'ESRCH')
  }
}

/** The owner of a lock that is left over, else `null`. */
async function readStaleOwner(path: string): Promise<string | null> {
  try {
    const [owner, { mtimeMs }] = await Promise.all([readFile(path, 'utf8'), stat(path)])
    return isGone(owner) || Date.now() - mtimeMs > STALE_MS ? owner : null
  } catch (error) {
    if (isCode(error, 'ENOENT')) return null
    throw error
  }
}

/**
 * Removes a left-over lock. Only one process at a time may do so, under a lock of its own, and it looks again:
 * otherwise the second one would remove the lock that a third has just taken.
 */
async function removeStale(path: string): Promise<void> {
  if ((await readStaleOwner(path)) === null) return
  const breaker = `${path}.break`
  if (!(await create(breaker, ownerText()))) {
    if ((await readStaleOwner(breaker)) !== null) await rm(breaker, { force: true })
    return
  }
  try {
    if ((await readStaleOwner(path)) !== null) await rm(path, { force: true })
  } finally {
    await rm(breaker, { force: true })
  }
}

function ownerText(): string {
  return `${hostname()}\n${process.pid}\n${randomUUID()}`
}

/**
 * Runs `work` while nobody else holds the lock file, waiting for the others. `isOurs` tells whether the lock is
 * still held, to be asked before the last step of anything that may have taken long.
 *
 * @throws {AlmanacError} `BUSY` after 15 s.
 */
export async function withSettingsLock<T>(
  path: string,
  work: (isOurs: () => Promise<boolean>) => Promise<T>,
): Promise<T> {
  const owner = ownerText()
  const end = Date.now() + WAIT_MS
  while (!(await create(path, owner))) {
    if (Date.now() > end) throw new AlmanacError('BUSY', `${path} is held by another process`, 'Try again')
    await removeStale(path)
    await sleep(1 + Math.random() * 9)
  }
  const isOurs = async (): Promise<boolean> => (await readFile(path, 'utf8').catch(() => '')) === owner
  try {
    return await work(isOurs)
  } finally {
    if (await isOurs()) await rm(path, { force: true })
  }
}
