/** Bodies of the `/api/model/*` routes, made from what the rooms below say. */
export { catalogAnswer, type CatalogQuery } from './catalog.js'
export { gpuInfo } from './gpu-info.js'
export { memoryGb, sizeGb } from './gigabytes.js'
export { quantizationsAnswer } from './quantizations.js'
export { recommendationsAnswer, type RecommendationsQuery } from './recommendations.js'
