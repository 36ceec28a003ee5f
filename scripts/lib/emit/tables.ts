import { IndentationText, Project, QuoteKind, VariableDeclarationKind, type SourceFile } from 'ts-morph'
import type { Catalog } from '../resolve.js'
import { banner } from './banner.js'
import type { Content } from './content.js'
import { forecastFiles } from './forecasts.js'
import { ggufTable } from './gguf.js'
import { listLiteral, literal, recordLiteral } from './literal.js'

interface Table {
  name: string
  type: string
  /** One sentence for the reader of the generated file. */
  description: string
  initializer: Content
}

export interface TableFile {
  file: string
  /** Types by the module that exports them. */
  imports: Readonly<Record<string, readonly string[]>>
  tables: readonly Table[]
}

const INDEX = ['ids', 'models', 'providers', 'quantizations', 'tiers', 'types']

/** Source of every generated table, by path. */
export function emitTables(catalog: Catalog): Map<string, Content> {
  const project = new Project({
    useInMemoryFileSystem: true,
    skipLoadingLibFiles: true,
    manipulationSettings: { indentationText: IndentationText.TwoSpaces, quoteKind: QuoteKind.Single },
  })
  const files = [
    modelsFile(catalog),
    ggufTable(catalog),
    detailsFile(catalog),
    quantizationsFile(catalog),
    tiersFile(catalog),
    providersFile(catalog),
    gpusFile(catalog),
    ...forecastFiles(catalog),
  ]
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

function modelsFile({ models }: Catalog): TableFile {
  return {
    file: 'models.ts',
    imports: { './ids.js': ['ModelId'], './types.js': ['ModelRow'] },
    tables: [
      {
        name: 'MODELS',
        type: 'Readonly<Record<ModelId, ModelRow>>',
        description: 'Every model by its id, sorted; what every call needs.',
        initializer: recordLiteral(models.map(({ row }) => [row.id, row])),
      },
    ],
  }
}

function detailsFile({ models }: Catalog): TableFile {
  return {
    file: 'details.ts',
    imports: { './ids.js': ['ModelId'], './types.js': ['DetailRow'] },
    tables: [
      {
        name: 'DETAILS',
        type: 'Readonly<Record<ModelId, DetailRow>>',
        description: 'Evidence, tier reasons and sources of every model; loaded on use.',
        initializer: recordLiteral(models.map(({ row, detail }) => [row.id, detail])),
      },
    ],
  }
}

function quantizationsFile({ quantizations }: Catalog): TableFile {
  return {
    file: 'quantizations.ts',
    imports: { './types.js': ['QuantizationRow'] },
    tables: [
      {
        name: 'QUANTIZATIONS',
        type: 'readonly QuantizationRow[]',
        description: 'Every quantization, best first.',
        initializer: listLiteral(quantizations),
      },
    ],
  }
}

function tiersFile({ tiers, rule }: Catalog): TableFile {
  return {
    file: 'tiers.ts',
    imports: { './types.js': ['TierRow', 'TierRule'] },
    tables: [
      {
        name: 'TIERS',
        type: 'readonly TierRow[]',
        description: 'Tiers, best first.',
        initializer: listLiteral(tiers),
      },
      {
        name: 'TIER_RULE',
        type: 'TierRule',
        description: 'Thresholds that give the tiers.',
        initializer: () => [literal(rule)],
      },
    ],
  }
}

function providersFile({ providers, default_context, usual_context }: Catalog): TableFile {
  return {
    file: 'providers.ts',
    imports: { './types.js': ['ProviderRow'] },
    tables: [
      {
        name: 'PROVIDERS',
        type: 'readonly ProviderRow[]',
        description: 'Providers in the order they are asked.',
        initializer: listLiteral(providers),
      },
      {
        name: 'DEFAULT_CONTEXT',
        type: 'number',
        description: 'Context length for a model of which nothing is known, in tokens.',
        initializer: () => [literal(default_context)],
      },
      {
        name: 'USUAL_CONTEXT',
        type: 'number',
        description: 'Context length that a model gets by default, in tokens, unless its maximum is less.',
        initializer: () => [literal(usual_context)],
      },
    ],
  }
}

function gpusFile({ gpus }: Catalog): TableFile {
  return {
    file: 'gpus.ts',
    imports: { './ids.js': ['GpuId'], './types.js': ['GpuRow'] },
    tables: [
      {
        name: 'GPUS',
        type: 'Readonly<Record<GpuId, GpuRow>>',
        description: 'Every GPU by its id, sorted.',
        initializer: recordLiteral(gpus.map((gpu) => [gpu.id, gpu])),
      },
    ],
  }
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
