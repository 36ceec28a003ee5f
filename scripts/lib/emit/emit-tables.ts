import { IndentationText, Project, QuoteKind, VariableDeclarationKind, type SourceFile } from 'ts-morph'
import type { Catalog } from '../resolve.js'
import { banner } from './banner.js'
import type { Content } from './content.js'
import { forecastFiles } from './forecasts.js'
import { ggufTable } from './gguf.js'
import { literal } from './literal.js'
import { catalogTables, type Table, type TableFile } from './tables.js'

const INDEX = ['ids', 'models', 'providers', 'quantizations', 'tiers', 'types']

/** Source of every generated table, by path. */
export function emitTables(catalog: Catalog): Map<string, Content> {
  const project = new Project({
    useInMemoryFileSystem: true,
    skipLoadingLibFiles: true,
    manipulationSettings: { indentationText: IndentationText.TwoSpaces, quoteKind: QuoteKind.Single },
  })
  const files = [...catalogTables(catalog), ggufTable(catalog), ...forecastFiles(catalog)]
  const texts = files.map(({ file, imports, tables }) => {
    const source = project.createSourceFile(file, '')
    addImports(source, imports)
    // One batch: adding statements one by one takes time that grows with the square of the file.
    source.addVariableStatements(
      tables.map(({ name, type, description }) => ({
        declarationKind: VariableDeclarationKind.Const,
        isExported: true,
        docs: [description],
        declarations: [{ name, type, initializer: rowsOf(name) }],
      })),
    )
    const frame = `${banner('catalog/')}${source.getFullText()}`
    return [`generated/${file}`, withRows(frame, tables)] as const
  })
  return new Map([
    ...texts,
    ['generated/ids.ts', () => [emitIds(catalog)]],
    ['generated/index.ts', () => [emitIndex()]],
  ])
}

/** Stands for the rows until the statement is printed: the printer indents character by character. */
function rowsOf(name: string): string {
  return `ROWS_OF_${name}`
}

function withRows(frame: string, tables: readonly Table[]): Content {
  return function* () {
    let at = 0
    for (const { name, initializer } of tables) {
      const end = frame.indexOf(rowsOf(name), at)
      yield frame.slice(at, end)
      yield* initializer()
      at = end + rowsOf(name).length
    }
    yield frame.slice(at)
  }
}

function addImports(source: SourceFile, imports: TableFile['imports']): void {
  source.addImportDeclarations(
    Object.entries(imports).map(([moduleSpecifier, namedImports]) => ({
      moduleSpecifier,
      namedImports: [...namedImports],
      isTypeOnly: true,
    })),
  )
}

function emitIds(catalog: Catalog): string {
  const unions: [name: string, ids: readonly string[]][] = [
    ['FamilyId', catalog.families.map(({ id }) => id)],
    ['GpuId', catalog.gpus.map(({ id }) => id)],
    ['ModelId', catalog.models.map(({ row }) => row.id)],
    ['ProviderId', catalog.providers.map(({ id }) => id)],
    ['QuantizationId', catalog.quantizations.map(({ id }) => id)],
    ['TierId', catalog.tiers.map(({ id }) => id)],
  ]
  const types = unions.map(([name, ids]) => {
    const lines = ids.map((id) => `\n  | ${literal(id)}`).join('')
    return `export type ${name} =${ids.length === 0 ? ' never' : lines}\n`
  })
  return `${banner('catalog/')}${types.join('\n')}`
}

/** The light tables only: files, details and GPUs are loaded on use. */
function emitIndex(): string {
  return `${banner('catalog/')}${INDEX.map((name) => (name === 'ids' || name === 'types' ? `export type * from './${name}.js'\n` : `export * from './${name}.js'\n`)).join('')}`
}
