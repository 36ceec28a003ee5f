import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkFolder } from '../../src/files/check-folder.js'
import { explainFileError } from '../../src/files/explain-file-error.js'

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'almanac-folder-'))
  writeFileSync(join(folder, 'file'), '')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('checkFolder', () => {
  it('accepts a folder that is there, and one that can be made', async () => {
    await checkFolder(folder)
    await checkFolder(join(folder, 'new', 'deeper'))
  })

  it.each(['file', 'file/below'])('refuses %s: a file is in its place', async (name) => {
    await expect(checkFolder(join(folder, name))).rejects.toMatchObject({
      code: 'BAD_USAGE',
      message: `${join(folder, 'file')} is a file, not a folder`,
    })
  })
})

describe('explainFileError', () => {
  const failed = (code: string) => Object.assign(new Error('raw'), { code, syscall: 'write' })

  it.each([
    ['ENOSPC', 'NO_SPACE', 'not enough disk space: x cannot be written'],
    ['EDQUOT', 'NO_SPACE', 'not enough disk space: x cannot be written'],
    ['EROFS', 'FILE_ERROR', 'x cannot be used: that disk can only be read'],
    ['EWEIRD', 'FILE_ERROR', 'x cannot be used: the system says EWEIRD'],
  ])('says what %s means', (code, expected, message) => {
    expect(explainFileError(failed(code), 'x')).toMatchObject({ code: expected, message })
  })

  it('leaves a bug a bug', () => {
    const bug = new TypeError('undefined is not a function')
    expect(explainFileError(bug, 'x')).toBe(bug)
  })
})
