// Made from catalog/ by `npm run generate`. Do not edit: change the source and run it again.

export type * from './ids.js'
export * from './models.js'
export * from './providers.js'
export * from './quantizations.js'
export * from './tiers.js'
export type * from './types.js'
