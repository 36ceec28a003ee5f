import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ProviderFault, recogniseServer, type ProviderModel } from '../../src/providers/index.js'
import { parseModels } from '../../src/providers/llama-server/parse-models.js'
import { parseProps } from '../../src/providers/llama-server/parse-props.js'
import { parseOpenAi, parseV0, parseV1 } from '../../src/providers/lmstudio/parse-models.js'
import { parsePs } from '../../src/providers/ollama/parse-ps.js'
import { parseShow } from '../../src/providers/ollama/parse-show.js'
import { parseTags } from '../../src/providers/ollama/parse-tags.js'

const RUNS = Number(process.env['ALMANAC_FUZZ_RUNS'] ?? 1000)

/** Any JSON under the keys that the parsers look at, so that they get past the first of them. */
const KEYS = [
  'models',
  'data',
  'name',
  'id',
  'key',
  'type',
  'size',
  'size_bytes',
  'details',
  'status',
  'value',
  'meta',
]
const MORE = [
  'capabilities',
  'model_info',
  'general.architecture',
  'owned_by',
  '__proto__',
  'config',
  'loaded_instances',
]
const { json } = fc.letrec((tie) => ({
  leaf: fc.oneof(
    fc.string(),
    fc.double(),
    fc.integer(),
    fc.constant(null),
    fc.boolean(),
    fc.constant('llamacpp'),
  ),
  list: fc.array(tie('json'), { maxLength: 4 }),
  object: fc.dictionary(fc.constantFrom(...KEYS, ...MORE), tie('json'), { maxKeys: 6 }),
  json: fc.oneof({ maxDepth: 4 }, tie('leaf'), tie('list'), tie('object')),
}))

const isCount = (value: number | null): boolean =>
  value === null || (Number.isSafeInteger(value) && value > 0)

function checkModel(model: ProviderModel): void {
  expect(typeof model.name === 'string' && model.name.length > 0).toBe(true)
  expect(['chat', 'embedding', 'unknown']).toContain(model.kind)
  for (const count of [model.size_bytes, model.context_length, model.max_context_length, model.parameters]) {
    expect(isCount(count)).toBe(true)
  }
  expect(model.quantization === null || /^[\w.+/@-]{1,40}$/.test(model.quantization)).toBe(true)
}

describe('whatever JSON a server sends', () => {
  it.each([
    ['/api/tags', parseTags],
    ['/api/v1/models', parseV1],
    ['/api/v0/models', parseV0],
    ['/v1/models', parseOpenAi],
    ['/v1/models of llama-server', parseModels],
  ])('%s gives sound models or a fault of kind bad_output', (_path, parse) => {
    const property = fc.property(json, (value) => {
      try {
        for (const model of parse(value)) checkModel(model)
      } catch (error) {
        if (!(error instanceof ProviderFault)) throw error
        expect(error.kind).toBe('bad_output')
      }
    })
    fc.assert(property, { numRuns: RUNS })
  })

  it('the optional answers and the recognition take it without an error', () => {
    const property = fc.property(json, fc.string(), (value, text) => {
      parsePs(value)
      parseProps(value)
      parseShow(value, text)
      recogniseServer(JSON.stringify(value))
      recogniseServer(text)
    })
    fc.assert(property, { numRuns: RUNS })
  })
})
