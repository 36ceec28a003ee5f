import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { AlmanacError } from '../errors.js'

interface Owner {
  pid: number
  /** When that process started, as the system counts; tells a reused process id apart. Empty where unknown. */
  started: string
}

/**
 * Runs `work` while this process alone holds the lock file. A lock whose process is gone is taken over.
 *
 * @throws {AlmanacError} `BUSY` where a living process holds it.
 */
export async function withLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  await takeLock(path)
  try {
    return await work()
  } finally {
    await rm(path, { force: true })
  }
}

async function takeLock(path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  for (let attempt = 0; attempt < 5; attempt++) {
    if (await createLock(path)) return
    const owner = await readOwner(path)
    if (owner && isAlive(owner)) {
      throw new AlmanacError(
        'BUSY',
        `another process (${owner.pid}) is doing the same`,
        'wait for it, or stop it',
      )
    }
    await removeStale(path, owner)
  }
  throw new AlmanacError('BUSY', 'other processes are doing the same', 'try again in a moment')
}

/** The lock appears whole or not at all: it is written under another name and linked into place. */
async function createLock(path: string): Promise<boolean> {
  const draft = `${path}.${randomBytes(6).toString('hex')}`
  await writeFile(draft, JSON.stringify({ pid: process.pid, started: startOf(process.pid) } satisfies Owner))
  try {
    await link(draft, path)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  } finally {
    await rm(draft, { force: true })
  }
}

async function readOwner(path: string): Promise<Owner | null> {
  try {
    const value: unknown = JSON.parse(await readFile(path, 'utf8'))
    return isOwner(value) ? value : null
  } catch {
    return null
  }
}

/** Moves the stale lock aside, and back again should it have become somebody's living one meanwhile. */
async function removeStale(path: string, seen: Owner | null): Promise<void> {
  const aside = `${path}.${randomBytes(6).toString('hex')}`
  try {
    await rename(path, aside)
  } catch {
    return
  }
  const moved = await readOwner(aside)
  if (moved && isAlive(moved) && moved.pid !== seen?.pid) await rename(aside, path).catch(() => undefined)
  else await rm(aside, { force: true })
}

function isAlive(owner: Owner): boolean {
  try {
    process.kill(owner.pid, 0)
  } catch (error) {
    // EPERM: it lives, and belongs to someone else.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false
  }
  const started = startOf(owner.pid)
  return owner.started === '' || started === '' || owner.started === started
}

/** Start time of a process from /proc, where there is one. */
function startOf(pid: number): string {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1')
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  } catch {
    return ''
  }
}

function isOwner(value: unknown): value is Owner {
  return (
    typeof value === 'object' &&
    value !== null &&
    'pid' in value &&
    Number.isSafeInteger(value.pid) &&
    Number(value.pid) > 0 &&
    'started' in value &&
    typeof value.started === 'string'
  )
}
