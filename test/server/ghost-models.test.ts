import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { withLock } from '../../src/files/lock.js'
import { DOWNLOAD_LOCK, lockOf } from '../../src/install/partial-file.js'
import { AlmanacState } from '../../src/server/almanac-state.js'
import { listGhosts } from '../../src/server/ghost-models.js'
import { fakeWorld } from './fake-ports.js'

const world = fakeWorld()
const state = new AlmanacState(world.ports)

function leavePartial(name: string): string {
  const folder = join(world.ports.home, 'partial', name)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'data'), 'x'.repeat(20_000))
  return folder
}

describe('partial downloads', () => {
  it('are ghosts where nobody works on them, and are removed with their locks', async () => {
    const folder = leavePartial('left')
    const [ghost] = await listGhosts(state)
    expect(ghost).toMatchObject({ model_id: 'partial:left', path: folder, size_mb: 0.02, size_bytes: 20_000 })
    await ghost?.remove()
    expect([folder, lockOf(folder)].map((path) => existsSync(path))).toEqual([false, false])
    expect(await listGhosts(state)).toEqual([])
  })

  it('are none while a process is at work', async () => {
    const folder = leavePartial('at-work')
    const [before] = await listGhosts(state)
    await withLock(lockOf(folder), DOWNLOAD_LOCK, async () => {
      expect(await listGhosts(state)).toEqual([])
      await expect(before?.remove()).rejects.toMatchObject({ code: 'BUSY' })
    })
    expect(existsSync(join(folder, 'data'))).toBe(true)
    await before?.remove()
  })
})
