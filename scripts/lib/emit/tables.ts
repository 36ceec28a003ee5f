import type { Catalog } from '../resolve.js'
import type { Content } from './content.js'
import { listLiteral, literal, recordLiteral } from './literal.js'

/** One constant of a generated file. */
export interface Table {
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

/** The tables that repeat the catalog as it is. */
export function catalogTables(catalog: Catalog): TableFile[] {
  return [
    modelsFile(catalog),
    detailsFile(catalog),
    quantizationsFile(catalog),
    tiersFile(catalog),
    providersFile(catalog),
    gpusFile(catalog),
  ]
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
