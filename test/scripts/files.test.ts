import { mkdirSync, mkdtempSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readTree } from '../../scripts/lib/read-tree.js'
import { report } from '../../scripts/lib/report.js'
import { checkEdited, EXPERTS, linesOf, MODEL, replace, type Edit } from './edit-catalog.js'

const keep: Edit = (text) => text
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

it.each([
  ['catalog/models/qwen3/4b.yml', 'path/extension'],
  ['catalog/models/qwen3/4B.yaml', 'path/name'],
  ['catalog/models/Qwen3/4b.yaml', 'path/name'],
  ['catalog/models/4b.yaml', 'path/layout'],
  ['catalog/models/qwen3/more/4b.yaml', 'path/layout'],
  ['catalog/models.yaml', 'path/layout'],
  ['catalog/gpus/nvidea.yaml', 'path/name'],
])('refuses the path %s', (path, rule) => {
  const { diagnostics } = checkEdited({ [path]: bytes('name: x\n') })
  expect(diagnostics).toMatchObject([{ file: path, line: 1, col: 1, rule }])
  expect(diagnostics[0]?.hint).not.toBe('')
})

it('tells a model without family.yaml, and a family without a model', () => {
  expect(linesOf(checkEdited({ 'catalog/models/qwen3/family.yaml': undefined }))).toMatchInlineSnapshot(`
    [
      "catalog/models/qwen3/30b-a3b.yaml:2:1 ref/family: family "qwen3" has no family.yaml | write catalog/models/qwen3/family.yaml",
    ]
  `)
  expect(linesOf(checkEdited({ 'catalog/models/nomic-embed-text/v1.5.yaml': undefined })))
    .toMatchInlineSnapshot(`
    [
      "catalog/models/nomic-embed-text/family.yaml:2:1 ref/empty-family: family "nomic-embed-text" has no model | add catalog/models/nomic-embed-text/<size>.yaml, or delete the folder",
    ]
  `)
})

it('tells a list that is missing, without what follows from it', () => {
  expect(linesOf(checkEdited({ 'catalog/quantizations.yaml': undefined }))).toMatchInlineSnapshot(`
    [
      "catalog/quantizations.yaml:1:1 path/layout: the file is missing | restore it from the repository; every catalog needs it",
    ]
  `)
})

it('does not report a family again that has a mistake of its own', () => {
  const edited = { 'catalog/models/qwen3/family.yaml': replace('publisher: Alibaba Qwen\n', '') }
  expect(linesOf(checkEdited(edited))).toMatchInlineSnapshot(`
    [
      "catalog/models/qwen3/family.yaml:2:1 schema/missing-field: a family needs the field "publisher" | add "publisher: …", for example "Alibaba Qwen"",
    ]
  `)
})

it('finds a model that was copied under another size', () => {
  const text = new TextDecoder().decode(readTree('test/fixtures/catalog-basic', 'catalog').files.get(MODEL))
  expect(
    linesOf(checkEdited({ 'catalog/models/qwen3/14b.yaml': bytes(text) })).map((line) => line.split(': ')[0]),
  ).toMatchInlineSnapshot(`
    [
      "catalog/models/qwen3/14b.yaml:7:13 parameters/id",
      "catalog/models/qwen3/14b.yaml:30:5 duplicate/alias",
      "catalog/models/qwen3/14b.yaml:31:5 duplicate/alias",
      "catalog/models/qwen3/14b.yaml:65:15 duplicate/file",
      "catalog/models/qwen3/14b.yaml:72:15 duplicate/file",
      "catalog/models/qwen3/14b.yaml:74:17 duplicate/sha256",
      "catalog/models/qwen3/14b.yaml:76:17 duplicate/ollama-tag",
      "catalog/models/qwen3/14b.yaml:77:22 duplicate/ollama-tag",
      "catalog/models/qwen3/14b.yaml:77:41 duplicate/ollama-tag",
    ]
  `)
})

it('reports the mistakes of all files at once, sorted by file, line and column', () => {
  const checked = checkEdited({
    [MODEL]: (text) => replace('kind: chat', 'kind: chta')(replace('max: 40960', 'max: "40k"')(text)),
    [EXPERTS]: replace('tools: true', 'tools: ja'),
    'catalog/tiers.yaml': keep,
  })
  expect(checked.diagnostics.map(({ file, line, rule }) => `${file}:${line} ${rule}`)).toEqual([
    `${EXPERTS}:26 schema/type`,
    `${MODEL}:3 schema/enum`,
    `${MODEL}:21 schema/type`,
  ])
})

it('warns when line 1 names no schema', () => {
  expect(linesOf(checkEdited({ [MODEL]: replace(/^.*\n/, '# a model\n') }))).toMatchInlineSnapshot(`
    [
      "1:1 warning file/schema-comment: line 1 does not name the schema, so editors cannot help | make line 1: # yaml-language-server: $schema=../../../schema/model.schema.json",
    ]
  `)
})

it('needs an exception for a size that differs, and no other', () => {
  const exception = (quantization: string): Uint8Array =>
    bytes(
      `# yaml-language-server: $schema=../schema/size-exceptions.schema.json\nexceptions:\n  - model: qwen3:8b\n    quantization: ${quantization}\n    reason: Larger embeddings.\n    source: https://huggingface.co/Qwen/Qwen3-8B-GGUF\n`,
    )
  const differs = replace('bytes: 8709518880', 'bytes: 9300000000')
  const file = 'catalog/size-exceptions.yaml'
  expect(linesOf(checkEdited({ [MODEL]: differs, [file]: exception('Q8_0') }))).toEqual([])
  expect(linesOf(checkEdited({ [file]: exception('Q8_0') }), file)).toMatchInlineSnapshot(`
    [
      "3:12 exception/unneeded: the size of qwen3:8b@Q8_0 is as computed, so it needs no exception | remove the exception",
    ]
  `)
  expect(linesOf(checkEdited({ [file]: exception('F16') }), file)).toMatchInlineSnapshot(`
    [
      "3:12 exception/unknown: build qwen3:8b@F16 does not exist | correct the name, or remove the exception",
    ]
  `)
})

it('refuses links and large files on disk', () => {
  const root = mkdtempSync(join(tmpdir(), 'tree-'))
  mkdirSync(join(root, 'catalog'))
  writeFileSync(join(root, 'secret'), 'x')
  symlinkSync(join(root, 'secret'), join(root, 'catalog/tiers.yaml'))
  writeFileSync(join(root, 'catalog/big.yaml'), '')
  truncateSync(join(root, 'catalog/big.yaml'), 10_000_000)
  const { files, diagnostics } = readTree(root, 'catalog')
  expect([...files.keys()]).toEqual([])
  expect(diagnostics.map(({ file, rule }) => `${file} ${rule}`).sort()).toEqual([
    'catalog/big.yaml yaml/too-large',
    'catalog/tiers.yaml path/link',
  ])
})

it('prints for terminals, for GitHub and as JSON', () => {
  const { diagnostics } = checkEdited({ [MODEL]: replace('kind: chat', 'kind: chat\nlicense: MIT') })
  const options = { files: 9, colour: false }
  expect(report(diagnostics, { ...options, format: 'terminal' })).toMatchInlineSnapshot(`
    "catalog/models/qwen3/8b.yaml
      4:1   error  schema/unknown-field    "license" is not a field of a model
                                           hint: did you mean "licence"?

    9 files, 1 error, 0 warnings. Explained: CONTRIBUTING.md#checks
    "
  `)
  expect(report(diagnostics, { ...options, format: 'github' })).toMatchInlineSnapshot(`
    "::error file=catalog/models/qwen3/8b.yaml,line=4,col=1,title=schema/unknown-field::"license" is not a field of a model. Did you mean "licence"?
    "
  `)
  expect(JSON.parse(report(diagnostics, { ...options, format: 'json' }))).toEqual(diagnostics)
  const attack = [{ ...(diagnostics[0] ?? fail()), file: 'a\n::error::b.yaml', message: '\u001b[31m%0A' }]
  expect(report(attack, { ...options, format: 'github' }).split('\n')).toHaveLength(2)
  expect(report(attack, { ...options, format: 'terminal' })).not.toContain('\u001b')
})

function fail(): never {
  throw new Error('no diagnostic')
}
