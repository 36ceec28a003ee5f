import { randomUUID } from 'node:crypto'
import { open, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { AlmanacError } from '../errors.js'
import { withLock } from '../files/lock.js'
import { applyChange, parseSettings, parseSettingsText, SETTINGS_FORMAT } from './settings.js'
import type { Settings, SettingsChange } from './settings.js'

/** A change takes milliseconds: whoever holds the lock for seconds is stopped or gone. */
const LOCK = { wait_ms: 15_000, stale_ms: 10_000 }

/** Thousands of saved contexts; a larger file is not ours. */
const MAX_BYTES = 1024 ** 2

type Raw = Readonly<Record<string, unknown>>

export interface SettingsAnswer extends Settings {
  /** For people: what was found damaged, and where it lies now. */
  warnings: string[]
}

/**
 * The saved settings of one user: one JSON file, changed under a lock and replaced whole. Several processes may use
 * it at the same time. A damaged file is moved aside under a name with the time, and reported.
 */
export class SettingsFile {
  readonly path: string
  #queue: Promise<unknown> = Promise.resolve()

  /** @param home - From `almanacHome`; created with the first change. */
  constructor(home: string) {
    this.path = join(home, 'settings.json')
  }

  /** @throws {AlmanacError} `FILE_ERROR` where the file cannot be read, `BUSY`. */
  async read(): Promise<SettingsAnswer> {
    const raw = await this.#guard(() => readRaw(this.path))
    if (raw !== null) return { ...parseSettings(raw), warnings: [] }
    const warnings: string[] = []
    const recovered = await this.#exclusively(() => readOrMoveAside(this.path, warnings))
    return { ...parseSettings(recovered), warnings }
  }

  /** Makes one change and keeps all others. @throws {AlmanacError} `FILE_ERROR`, `BUSY`. */
  async change(change: SettingsChange): Promise<SettingsAnswer> {
    return this.#exclusively(async (isOurs) => {
      const warnings: string[] = []
      const before = await readOrMoveAside(this.path, warnings)
      const format = before['format'] ?? SETTINGS_FORMAT
      if (format !== SETTINGS_FORMAT) {
        throw new AlmanacError(
          'BAD_FILE',
          `${this.path} was written by another version`,
          'Update llm-almanac',
        )
      }
      const after = applyChange(before, change)
      await replaceFile(this.path, `${JSON.stringify(after, null, 2)}\n`, isOurs)
      return { ...parseSettings(after), warnings }
    })
  }

  /** One after the other in this process, then under the lock of all processes. */
  #exclusively<T>(work: (isOurs: () => Promise<boolean>) => Promise<T>): Promise<T> {
    const turn = this.#queue.then(() =>
      this.#guard(async () => {
        return withLock(`${this.path}.lock`, LOCK, work)
      }),
    )
    this.#queue = turn.catch(() => {})
    return turn
  }

  async #guard<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      if (error instanceof AlmanacError) throw error
      const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
      const hint = 'Check the rights of that folder, or set LLM_ALMANAC_HOME to another one'
      throw new AlmanacError('FILE_ERROR', `${this.path} cannot be used (${code})`, hint, { cause: error })
    }
  }
}

/** The settings object, an empty one where there is no file, `null` where the file is damaged. */
async function readRaw(path: string): Promise<Raw | null> {
  try {
    const { size } = await stat(path)
    return size > MAX_BYTES ? null : parseSettingsText(await readFile(path, 'utf8'))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {}
    throw error
  }
}

async function readOrMoveAside(path: string, warnings: string[]): Promise<Raw> {
  const raw = await readRaw(path)
  if (raw !== null) return raw
  const time = new Date().toISOString().replace(/[:.]/g, '-')
  const aside = `${path}.corrupt-${time}-${randomUUID().slice(0, 8)}`
  await rename(path, aside)
  warnings.push(`The saved settings were damaged; they are kept as ${aside}, and defaults are used`)
  return {}
}

/** Writes beside the file, to the disk, then over it: a reader sees the old text or the new one, whole. */
async function replaceFile(path: string, text: string, isOurs: () => Promise<boolean>): Promise<void> {
  const draft = `${path}.${randomUUID()}.tmp`
  try {
    const file = await open(draft, 'wx', 0o600)
    try {
      await file.writeFile(text)
      await file.sync()
    } finally {
      await file.close()
    }
    if (!(await isOurs()))
      throw new AlmanacError('BUSY', `${path} was taken over by another process`, 'Try again')
    await renameOver(draft, path)
  } finally {
    await rm(draft, { force: true })
  }
}

/** Windows refuses to replace a file while somebody reads it, which takes them milliseconds. */
async function renameOver(from: string, to: string): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await rename(from, to)
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : ''
      if (attempt >= 20 || !['EPERM', 'EBUSY', 'EACCES'].includes(code)) throw error
      await sleep(10)
    }
  }
}
