import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { placeFile } from '../../src/install/place-file.js'

const OTHER = '/dev/shm'
const hasOther = existsSync(OTHER) && statSync(OTHER).dev !== statSync(tmpdir()).dev

let here: string
let there: string
beforeEach(() => {
  here = mkdtempSync(join(tmpdir(), 'almanac-place-'))
  there = hasOther ? mkdtempSync(join(OTHER, 'almanac-place-')) : here
})
afterEach(() => {
  for (const folder of [here, there]) rmSync(folder, { recursive: true, force: true })
})

function place(target: string, more: Partial<Parameters<typeof placeFile>[2]> = {}) {
  const from = join(here, 'data')
  writeFileSync(from, Buffer.alloc(3_000_000, 7))
  const options = {
    signal: undefined,
    onProgress: () => undefined,
    beforeRename: async () => undefined,
    ...more,
  }
  return { from, placed: placeFile(from, target, options) }
}

describe('placeFile', () => {
  it('moves a file into folders that it makes', async () => {
    const target = join(here, 'a', 'b', 'model.gguf')
    const { from, placed } = place(target)
    await placed
    expect(statSync(target).size).toBe(3_000_000)
    expect(existsSync(from)).toBe(false)
  })

  it.skipIf(!hasOther)('copies to another disk beside the target, and leaves only the target', async () => {
    const seen: number[] = []
    const { from, placed } = place(join(there, 'model.gguf'), {
      onProgress: (bytes) => void seen.push(bytes),
    })
    await placed
    expect(readdirSync(there)).toEqual(['model.gguf'])
    expect(readFileSync(join(there, 'model.gguf')).every((byte) => byte === 7)).toBe(true)
    expect(seen.at(-1)).toBe(3_000_000)
    expect(existsSync(from)).toBe(false)
  })

  it.skipIf(!hasOther)('keeps the file and leaves nothing half-done where it is interrupted', async () => {
    const stop = new AbortController()
    const { from, placed } = place(join(there, 'sub', 'model.gguf'), {
      signal: stop.signal,
      onProgress: () => stop.abort(),
    })
    await expect(placed).rejects.toMatchObject({ name: 'AbortError' })
    expect(readdirSync(join(there, 'sub'))).toEqual([])
    expect(statSync(from).size).toBe(3_000_000)
  })

  it.skipIf(!hasOther)('copies twice under the same name, so that a killed copy is overwritten', async () => {
    const names = new Set<string>()
    const beforeRename = async () => {
      for (const name of readdirSync(there)) names.add(name)
    }
    for (const target of ['a.gguf', 'b.gguf']) await place(join(there, target), { beforeRename }).placed
    expect([...names].filter((name) => name.endsWith('.tmp'))).toHaveLength(1)
  })
})
