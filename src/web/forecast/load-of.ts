import type { ModelRow } from '../../catalog/index.js'
import type { LoadOptions } from '../../memory/index.js'
import type { WhatIf } from '../state/what-if.js'

/** How a model is loaded at a what-if; a context above its own is cut to the longest it has. */
export function loadOf(model: ModelRow, asked: WhatIf): LoadOptions {
  const context = Math.min(asked.context ?? model.context.default, model.context.max)
  return { context, kv_type_k: asked.kv, kv_type_v: asked.kv }
}
