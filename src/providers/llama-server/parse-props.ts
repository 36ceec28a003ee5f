import { booleanOf, countOf, fieldOf, textOf } from '../json-fields.js'
import type { ProviderModel } from '../provider.js'

export interface LlamaServerProps {
  fields: Partial<ProviderModel>
  /** `b9090-5757c4dcb` */
  build: string | null
  model_path: string | null
}

/**
 * Facts of `GET /props`. The context is per slot, which is what one request may use: neither multiplied nor
 * divided by the number of slots.
 */
export function parseProps(value: unknown): LlamaServerProps {
  const sleeping = booleanOf(fieldOf(value, 'is_sleeping'))
  const context = countOf(fieldOf(value, 'default_generation_settings', 'n_ctx'))
  const tools = booleanOf(fieldOf(value, 'chat_template_caps', 'supports_tools'))
  const vision = booleanOf(fieldOf(value, 'modalities', 'vision'))
  return {
    fields: {
      loaded: sleeping !== true,
      ...(context === null || sleeping === true ? {} : { context_length: context }),
      ...(tools === null ? {} : { tools }),
      ...(vision === null ? {} : { vision }),
    },
    build: textOf(fieldOf(value, 'build_info')),
    model_path: textOf(fieldOf(value, 'model_path')),
  }
}
