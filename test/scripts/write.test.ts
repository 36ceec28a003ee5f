import { mkdtempSync, mkdirSync, readFileSync, symlinkSync, writeFileSync, existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { describeDrift } from '../../scripts/lib/describe-drift.js'
import { writeFiles, type Output } from '../../scripts/lib/write.js'

let root = ''
const files = new Map([
  ['MODELS.md', () => ['m\n']],
  ['docs/models/a.md', () => ['', 'd', '\n']],
  ['generated/a.ts', () => ['a\n']],
])
const output = (): Output => ({ root, files, folders: ['generated', 'docs/models'] })
const FRESH = { missing: [], changed: [], leftOver: [] }

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'write-'))
})

describe('writeFiles', () => {
  it('writes what is missing, and then finds nothing to do', () => {
    expect(writeFiles(output(), 'verify')).toEqual({
      ...FRESH,
      missing: ['MODELS.md', 'docs/models/a.md', 'generated/a.ts'],
    })
    expect(existsSync(join(root, 'MODELS.md'))).toBe(false)
    writeFiles(output(), 'write')
    expect(writeFiles(output(), 'verify')).toEqual(FRESH)
  })

  it('finds an edited table, an edited page and an extra file, and undoes them', () => {
    writeFiles(output(), 'write')
    writeFileSync(join(root, 'generated/a.ts'), 'edited\n')
    writeFileSync(join(root, 'docs/models/a.md'), 'd')
    mkdirSync(join(root, 'generated/more'))
    writeFileSync(join(root, 'generated/more/.hidden'), '')
    const drift = {
      missing: [],
      changed: ['docs/models/a.md', 'generated/a.ts'],
      leftOver: ['generated/more/.hidden'],
    }
    expect(writeFiles(output(), 'verify')).toEqual(drift)
    expect(readFileSync(join(root, 'generated/a.ts'), 'utf8')).toBe('edited\n')
    expect(writeFiles(output(), 'write')).toEqual(drift)
    expect(writeFiles(output(), 'verify')).toEqual(FRESH)
  })

  it('finds a byte more, a byte less and another byte in any piece', () => {
    writeFiles(output(), 'write')
    for (const text of ['d\n\n', 'd', '', 'e\n', 'd\r\n']) {
      writeFileSync(join(root, 'docs/models/a.md'), text)
      expect(writeFiles(output(), 'verify').changed).toEqual(['docs/models/a.md'])
    }
  })

  it('replaces a link instead of writing through it', () => {
    writeFiles(output(), 'write')
    const outside = join(root, 'outside.txt')
    writeFileSync(outside, 'kept')
    writeFiles({ ...output(), files: new Map() }, 'write')
    symlinkSync(outside, join(root, 'generated/a.ts'))
    expect(writeFiles(output(), 'write').changed).toEqual(['generated/a.ts'])
    expect(readFileSync(outside, 'utf8')).toBe('kept')
  })

  it('says what to do', () => {
    expect(
      describeDrift({
        missing: [
          'generated/compute-buffers.ts',
          'generated/gpus.ts',
          'generated/ids.ts',
          'generated/tiers.ts',
        ],
        changed: ['MODELS.md', 'docs/models/qwen3.md', 'generated/models.ts', 'generated/types.ts'],
        leftOver: ['docs/models/x.md'],
      }),
    ).toMatchInlineSnapshot(`
      "Generated files are out of date:
        MODELS.md changed; made from catalog/models/
        docs/models/qwen3.md changed; made from catalog/models/qwen3/
        generated/models.ts changed; made from catalog/models/
        generated/types.ts changed; made from schema/
        generated/compute-buffers.ts missing; made from catalog/models/ by src/memory/
        generated/gpus.ts missing; made from catalog/gpus/
        generated/ids.ts missing; made from catalog/
        generated/tiers.ts missing; made from catalog/tiers.yaml
        docs/models/x.md left over: nothing makes it
      Do not edit them: edit what they are made from (pages also scripts/templates/).
      Run: npm run generate     then commit the result.
      "
    `)
  })
})
