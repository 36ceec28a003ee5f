import { listModels } from '../catalog/index.js'
import { rememberCompute, rememberWeights } from '../memory/index.js'

/**
 * Loads what generation worked out of the catalog's builds, so that the first ranking of a process takes a
 * fraction of the time. The answers are the same without.
 */
export function loadForecasts(): Promise<void> {
  loading ??= load()
  return loading
}

let loading: Promise<void> | undefined

async function load(): Promise<void> {
  const [{ COMPUTE_BUFFERS }, { TENSOR_BYTES }] = await Promise.all([
    import('../../generated/compute-buffers.js'),
    import('../../generated/tensor-bytes.js'),
  ])
  for (const model of listModels()) {
    rememberCompute(model.architecture, COMPUTE_BUFFERS[model.id])
    const rows = TENSOR_BYTES[model.id]
    model.builds.forEach((build, index) => {
      const [gpu_bytes, host_bytes, ram_bytes, scaled] = rows[index] ?? []
      if (gpu_bytes === undefined || host_bytes === undefined || ram_bytes === undefined) return
      rememberWeights(build, { gpu_bytes, host_bytes, ram_bytes, scaled: scaled === 1 })
    })
  }
}
