import { lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

export type Mode = 'write' | 'verify'

/** What differs from the files as they should be, by path; sorted. */
export interface Drift {
  missing: string[]
  changed: string[]
  leftOver: string[]
}

export interface Output {
  root: string
  files: ReadonlyMap<string, string>
  /** Folders that hold generated files only: whatever else is there is left over. */
  folders: readonly string[]
}

/** Writes the files, or only says what writing would change: one code path, so that both always agree. */
export function writeFiles({ root, files, folders }: Output, mode: Mode): Drift {
  const drift: Drift = { missing: [], changed: [], leftOver: [] }
  for (const [path, text] of files) {
    const found = readRegular(join(root, path))
    if (found === undefined) drift.missing.push(path)
    else if (found === 'other' || !found.equals(Buffer.from(text))) drift.changed.push(path)
    else continue
    if (mode === 'write') replaceFile(join(root, path), text)
  }
  for (const path of folders.flatMap((folder) => listAll(root, folder))) {
    if (files.has(path)) continue
    drift.leftOver.push(path)
    if (mode === 'write') rmSync(join(root, path), { force: true })
  }
  for (const list of Object.values(drift) as string[][]) list.sort()
  return drift
}

function readRegular(path: string): Buffer | 'other' | undefined {
  const stat = lstatSync(path, { throwIfNoEntry: false })
  if (!stat) return undefined
  return stat.isFile() ? readFileSync(path) : 'other'
}

function replaceFile(path: string, text: string): void {
  // A link in the file's place would otherwise be written through.
  if (readRegular(path) === 'other') rmSync(path, { recursive: true, force: true })
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
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

/** `generated/ is out of date: models.ts changed, gpus.ts missing.`, and what to do about it. */
export function describeDrift(drift: Drift): string {
  const items = [
    ...drift.changed.map((path) => [path, 'changed'] as const),
    ...drift.missing.map((path) => [path, 'missing'] as const),
    ...drift.leftOver.map((path) => [path, 'left over'] as const),
  ]
  const lines = items.map(([path, word]) => `  ${path} ${word}\n`)
  return (
    `Generated files are out of date:\n${lines.join('')}` +
    'These files are made from catalog/ and schema/. Do not edit them.\n' +
    'Run: npm run generate     then commit the result.\n'
  )
}
