import { closeSync, lstatSync, mkdirSync, openSync, readdirSync, readSync, rmSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Content } from './emit/content.js'

export type Mode = 'write' | 'verify'

/** What differs from the files as they should be, by path; sorted. */
export interface Drift {
  missing: string[]
  changed: string[]
  leftOver: string[]
}

export interface Output {
  root: string
  files: ReadonlyMap<string, Content>
  /** Folders that hold generated files only: whatever else is there is left over. */
  folders: readonly string[]
}

/** Writes the files, or only says what writing would change: one code path, so that both always agree. */
export function writeFiles({ root, files, folders }: Output, mode: Mode): Drift {
  const drift: Drift = { missing: [], changed: [], leftOver: [] }
  for (const [path, content] of files) {
    const found = kindOf(join(root, path))
    if (found === 'none') drift.missing.push(path)
    else if (found === 'other' || !holds(join(root, path), content)) drift.changed.push(path)
    else continue
    if (mode === 'write') replaceFile(join(root, path), content)
  }
  for (const path of folders.flatMap((folder) => listAll(root, folder))) {
    if (files.has(path)) continue
    drift.leftOver.push(path)
    if (mode === 'write') rmSync(join(root, path), { force: true })
  }
  for (const list of Object.values(drift) as string[][]) list.sort()
  return drift
}

function kindOf(path: string): 'none' | 'file' | 'other' {
  const stat = lstatSync(path, { throwIfNoEntry: false })
  if (!stat) return 'none'
  return stat.isFile() ? 'file' : 'other'
}

/** Whether the file has exactly these bytes; read piece by piece, as they are made. */
function holds(path: string, content: Content): boolean {
  const file = openSync(path, 'r')
  try {
    for (const piece of content()) {
      const wanted = Buffer.from(piece)
      if (!wanted.equals(readNext(file, wanted.length))) return false
    }
    return readNext(file, 1).length === 0
  } finally {
    closeSync(file)
  }
}

/** The next bytes of a file: fewer than asked for at its end only. */
function readNext(file: number, count: number): Buffer {
  const buffer = Buffer.alloc(count)
  let filled = 0
  while (filled < count) {
    const read = readSync(file, buffer, filled, count - filled, null)
    if (read === 0) break
    filled += read
  }
  return buffer.subarray(0, filled)
}

function replaceFile(path: string, content: Content): void {
  // A link in the file's place would otherwise be written through.
  if (kindOf(path) === 'other') rmSync(path, { recursive: true, force: true })
  mkdirSync(dirname(path), { recursive: true })
  const file = openSync(path, 'w')
  try {
    for (const piece of content()) writeSync(file, piece)
  } finally {
    closeSync(file)
  }
}

function listAll(root: string, folder: string): string[] {
  if (!lstatSync(join(root, folder), { throwIfNoEntry: false })?.isDirectory()) return []
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    return entry.isDirectory() ? listAll(root, path) : [path]
  })
}

export function hasDrift(drift: Drift): boolean {
  return drift.missing.length + drift.changed.length + drift.leftOver.length > 0
}
