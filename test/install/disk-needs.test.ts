import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { listDiskNeeds } from '../../src/install/disk-needs.js'
import { partialFolder } from '../../src/install/partial-file.js'

const part = (name: string, bytes: number) => ({ repo: 'o/r', name, bytes, sha256: name.repeat(8) })
const FILES = [part('sub/a.gguf', 1000), part('sub/b.gguf', 700), part('sub/c.gguf', 200)]

let home: string

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'almanac-disk-'))
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

/** a is complete in the folder, 300 bytes of b have arrived. */
function arrive(folder: string): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'a.gguf'), Buffer.alloc(1000))
  const partial = partialFolder(home, FILES[1] ?? part('', 0))
  mkdirSync(partial, { recursive: true })
  writeFileSync(join(partial, 'data'), Buffer.alloc(300))
}

describe('listDiskNeeds', () => {
  it('counts only what is missing where the folder is on the disk of the partial files', async () => {
    const folder = join(home, 'models', 'new')
    expect(await listDiskNeeds(FILES, { home, folder })).toEqual([{ place: folder, bytes: 1900 }])
    arrive(folder)
    expect(await listDiskNeeds(FILES, { home, folder })).toEqual([{ place: folder, bytes: 600 }])
  })

  const other = '/dev/shm'
  const hasOther = existsSync(other) && statSync(other).dev !== statSync(tmpdir()).dev
  it.skipIf(!hasOther)(
    'counts whole files for a folder on another disk, the largest rest at home',
    async () => {
      const folder = mkdtempSync(join(other, 'almanac-disk-'))
      try {
        arrive(folder)
        expect(await listDiskNeeds(FILES, { home, folder })).toEqual([
          { place: folder, bytes: 900 },
          { place: home, bytes: 400 },
        ])
      } finally {
        rmSync(folder, { recursive: true, force: true })
      }
    },
  )
})
