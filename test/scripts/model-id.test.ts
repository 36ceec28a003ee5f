import ts from 'typescript'
import { expect, it } from 'vitest'

/** Type errors of a consumer's file beside src/. */
function errorsOf(code: string): string[] {
  const file = `${process.cwd()}/test/scripts/consumer.ts`
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    skipLibCheck: true,
    types: [],
  }
  const host = ts.createCompilerHost(options)
  const { getSourceFile, fileExists, readFile } = host
  host.fileExists = (name) => name === file || fileExists.call(host, name)
  host.readFile = (name) => (name === file ? code : readFile.call(host, name))
  host.getSourceFile = (name, ...rest) =>
    name === file
      ? ts.createSourceFile(name, code, ts.ScriptTarget.ES2022)
      : getSourceFile.call(host, name, ...rest)
  const program = ts.createProgram([file], options, host)
  return program
    .getSemanticDiagnostics()
    .map((item) => ts.flattenDiagnosticMessageText(item.messageText, '\n'))
}

const IMPORT = `import type { ModelId, QuantizationId, TierId } from '../../generated/ids.js'\n`

it('compiles with ids that exist', () => {
  const code = `${IMPORT}export const ids: [ModelId, QuantizationId, TierId] = ['qwen3:8b', 'Q4_K_M', 'verified']\n`
  expect(errorsOf(code)).toEqual([])
})

it.each([
  ['ModelId', 'qwen3:9b'],
  ['QuantizationId', 'Q4_K_N'],
  ['TierId', 'gold'],
])('does not compile with a wrong %s', (type, id) => {
  expect(errorsOf(`${IMPORT}export const id: ${type} = '${id}'\n`).join()).toContain(
    'is not assignable to type',
  )
})
