import { ModelForecasts } from '../forecasts/model-forecasts.js'
import type { Catalog } from '../resolve.js'
import { recordLiteral } from './literal.js'
import type { TableFile } from './tables.js'

/** What the estimator says of every build whole on one device, as texts that src/memory reads. */
export function forecastFiles({ models }: Catalog): TableFile[] {
  const forecasts = new ModelForecasts()
  const tableOf = (
    file: string,
    table: { name: string; description: string },
    textOf: (row: Catalog['models'][number]['row']) => string,
  ): TableFile => ({
    file,
    imports: { './ids.js': ['ModelId'] },
    tables: [
      {
        ...table,
        type: 'Readonly<Record<ModelId, string>>',
        initializer: recordLiteral(models.map(({ row }) => [row.id, textOf(row)])),
      },
    ],
  })
  const buffers = {
    name: 'COMPUTE_BUFFERS',
    description:
      'Compute buffers of every model whole on the GPU, by setting and context; read by src/memory.',
  }
  const weights = {
    name: 'TENSOR_BYTES',
    description: "Tensor bytes of every model's builds, on one device; read by src/memory.",
  }
  return [
    tableOf('compute-buffers.ts', buffers, (row) => forecasts.buffers(row)),
    tableOf('tensor-bytes.ts', weights, (row) => forecasts.weights(row)),
  ]
}
