/**
 * llm-almanac: the catalog and the forecasts. Pure: runs in Node, the browser and at the edge.
 * Hardware, providers and installs are in `llm-almanac/node`, the HTTP API in `llm-almanac/server`.
 */
export * from './catalog/index.js'
export * from './memory/index.js'
export * from './names/index.js'
export * from './recommend/index.js'
export { AlmanacError, ERROR_CODES } from './errors.js'
export type { ErrorCode } from './errors.js'
export type { Gpu, GpuVendor, Machine, Problem, ProblemKind } from './machine.js'
export { formatContext, formatGb, formatGib, parseBytes } from './units.js'
