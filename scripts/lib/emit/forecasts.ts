import { KnownMemory } from '../known-memory.js'
import type { Catalog } from '../resolve.js'
import { recordLiteral } from './literal.js'
import type { TableFile } from './tables.js'

/** What the estimator says of each build whole on one device; loaded on use. */
export function forecastFiles({ models }: Catalog): TableFile[] {
  const known = new KnownMemory()
  const imports = (type: string) => ({ './ids.js': ['ModelId'], '../src/memory/index.js': [type] })
  return [
    {
      file: 'compute-buffers.ts',
      imports: imports('KnownCompute'),
      tables: [
        {
          name: 'COMPUTE_BUFFERS',
          type: 'Readonly<Record<ModelId, KnownCompute>>',
          description: 'Compute buffers of every model whole on the GPU, by context.',
          initializer: recordLiteral(models.map(({ row }) => [row.id, known.compute(row)])),
        },
      ],
    },
    {
      file: 'tensor-bytes.ts',
      imports: { './ids.js': ['ModelId'] },
      tables: [
        {
          name: 'TENSOR_BYTES',
          type: 'Readonly<Record<ModelId, readonly (readonly number[])[]>>',
          description:
            'Of every build, in the order of its model: bytes on the GPU and on the host with all layers on the GPU, bytes in RAM without one, and 1 where tensors are scaled to the file.',
          initializer: recordLiteral(
            models.map(({ row }) => [
              row.id,
              known
                .weights(row)
                .map(({ gpu_bytes, host_bytes, ram_bytes, scaled }) => [
                  gpu_bytes,
                  host_bytes,
                  ram_bytes,
                  Number(scaled),
                ]),
            ]),
          ),
        },
      ],
    },
  ]
}
