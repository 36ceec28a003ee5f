import { expectTypeOf, it } from 'vitest'
import { getModel } from '../../src/catalog/index.js'
import type { ModelId } from '../../src/catalog/index.js'

it('does not compile with a model id that is not in the catalog', () => {
  expectTypeOf(getModel).parameter(0).toEqualTypeOf<ModelId>()
  // @ts-expect-error: no such model
  expectTypeOf<'qwen9:8b'>().toExtend<ModelId>()
})
