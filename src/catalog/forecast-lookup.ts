import { COMPUTE_BUFFERS } from '../../generated/compute-buffers.js'
import { TENSOR_BYTES } from '../../generated/tensor-bytes.js'
import type { Architecture, BuildRow } from '../../generated/types.js'
import { listModels } from './model-lookup.js'
import type { ModelRow } from './model-lookup.js'

/** What generation worked out of a catalog model, as text; src/memory reads it. */
export interface Forecast {
  /** Buffers whole on the GPU: settings apart by `;`, lines of contexts by blanks, numbers by commas. */
  compute_buffers: string
  /** Tensor bytes of `builds`, apart by `;`. */
  tensor_bytes: string
  builds: readonly Pick<BuildRow, 'bytes'>[]
}

let models: Map<Architecture, ModelRow> | undefined

/** The forecast of a row of the catalog; none for other objects, even if they say the same. */
export function findForecast(architecture: Architecture): Forecast | undefined {
  models ??= new Map(listModels().map((model) => [model.architecture, model]))
  const model = models.get(architecture)
  return (
    model && {
      compute_buffers: COMPUTE_BUFFERS[model.id],
      tensor_bytes: TENSOR_BYTES[model.id],
      builds: model.builds,
    }
  )
}
