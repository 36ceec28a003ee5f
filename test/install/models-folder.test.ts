import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { modelsFolder } from '../../src/install/models-folder.js'

let home: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'almanac-folders-'))
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

const folderOf = (provider: 'ollama' | 'lmstudio', env: Record<string, string> = {}) =>
  modelsFolder(provider, { env: { HOME: home, ...env }, platform: 'linux' })

describe('modelsFolder', () => {
  it.each(['linux', 'darwin', 'win32'] as const)('is below the home of the user on %s', (platform) => {
    const world = { env: { HOME: home, USERPROFILE: home }, platform }
    expect(modelsFolder('lmstudio', world)).toBe(join(home, '.lmstudio', 'models'))
    expect(modelsFolder('ollama', world)).toBe(join(home, '.ollama', 'models'))
  })

  it('follows OLLAMA_MODELS', () => {
    expect(folderOf('ollama', { OLLAMA_MODELS: '/data/models' })).toBe('/data/models')
  })

  it('follows the file in which LM Studio says where its home is, while that exists', () => {
    const pointer = join(home, '.lmstudio-home-pointer')
    const elsewhere = join(home, 'big-disk')
    writeFileSync(pointer, `${elsewhere}\n`)
    expect(folderOf('lmstudio')).toBe(join(home, '.lmstudio', 'models'))
    mkdirSync(elsewhere)
    expect(folderOf('lmstudio')).toBe(join(elsewhere, 'models'))
    writeFileSync(pointer, 'relative')
    expect(folderOf('lmstudio')).toBe(join(home, '.lmstudio', 'models'))
  })

  it('finds the folder of older versions of LM Studio, unless the new one is there too', () => {
    mkdirSync(join(home, '.cache', 'lm-studio'), { recursive: true })
    expect(folderOf('lmstudio')).toBe(join(home, '.cache', 'lm-studio', 'models'))
    mkdirSync(join(home, '.lmstudio'))
    expect(folderOf('lmstudio')).toBe(join(home, '.lmstudio', 'models'))
  })
})
