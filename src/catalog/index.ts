export {
  defaultBuild,
  findBuild,
  findModel,
  getModel,
  isModelId,
  listModels,
  splitBuildSpec,
} from './model-lookup.js'
export { getQuantization, isQuantizationId, quantizationOrder } from './quantization-lookup.js'
export type { QuantizationRow } from './quantization-lookup.js'
export { fileUrl } from './file-url.js'
export { loadDetails, loadGguf } from './second-tables.js'
export type { BuildRow, DetailRow, GgufRow, ModelRow } from '../../generated/types.js'
export type { ModelId, QuantizationId, TierId } from '../../generated/ids.js'
