import { describe, expect, it } from 'vitest'
import { bareModel } from '../../src/providers/provider.js'
import {
  enrichModel,
  toInstalledModel,
  type CatalogFacts,
  type NameMeaning,
} from '../../src/registry/index.js'

// Ids are a closed union of the real catalog; a test has its own.
const CATALOG = {
  id: 'tiny:1b',
  name: 'Tiny 1B',
  family: 'tiny',
  tier: 'verified',
  tools: null,
  description: 'A tiny model.',
  context: { default: 8192, max: 16384 },
  modalities: ['text', 'image_in'],
  builds: [{ quantization: 'Q4_K_M', bytes: 700, bytes_basis: 'exact', default: true }],
} as unknown as CatalogFacts

const known: NameMeaning = { model: 'tiny:1b', quantization: 'Q4_K_M', confidence: 'exact', kind: 'chat' }
const unknown: NameMeaning = { model: null, quantization: null, confidence: 'none', kind: 'unknown' }

describe('enrichModel', () => {
  it('takes tier, description and context from the catalog, and what the provider states from it', () => {
    const provided = { ...bareModel('tiny:1b'), size_bytes: 701, max_context_length: 4096, tools: true }
    const row = enrichModel(
      toInstalledModel(provided, 'ollama', () => known),
      {
        catalog: CATALOG,
        provided,
        saved: 2048,
        forecast: (model, tokens) => `${model.name} at ${tokens}`,
      },
    )
    expect(row).toMatchObject({
      tier: 'verified',
      description: 'A tiny model.',
      tools: true,
      vision: true,
      size_bytes: 701,
      size_basis: 'provider',
      context: { tokens: 2048, source: 'saved' },
      context_limits: { default: 8192, max: 4096 },
      fit: 'tiny:1b at 2048',
    })
  })

  it("fills in the catalog's size where the provider has none", () => {
    const provided = bareModel('tiny:1b')
    const row = enrichModel(
      toInstalledModel(provided, 'lmstudio', () => known),
      { catalog: CATALOG, provided },
    )
    expect(row).toMatchObject({
      size_bytes: 700,
      size_basis: 'catalog',
      context: { tokens: 8192, source: 'default' },
    })
  })

  it('gives a model outside of the catalog what the provider knows', () => {
    const provided = {
      ...bareModel('x'),
      parameters: 7_600_000_000,
      quantization: 'Q5_0',
      max_context_length: 4096,
    }
    const row = enrichModel(
      toInstalledModel(provided, 'ollama', () => unknown),
      { catalog: undefined, provided },
    )
    expect(row).toMatchObject({
      tier: 'experimental',
      tools: null,
      description: 'Not in the catalog: 7.6 B parameters, Q5_0',
      context: { tokens: 4096, source: 'fallback' },
      size_bytes: null,
      size_basis: null,
      fit: null,
    })
  })

  it('forecasts nothing for a model in the cloud', () => {
    const provided = { ...bareModel('tiny:cloud'), local: false }
    const row = enrichModel(
      toInstalledModel(provided, 'ollama', () => known),
      {
        catalog: CATALOG,
        provided,
        forecast: () => 'fits',
      },
    )
    expect(row).toMatchObject({ local: false, size_bytes: null, size_basis: null, fit: null })
  })
})

describe('toInstalledModel', () => {
  it('asks the other names where the first means nothing', () => {
    const provided = { ...bareModel('alias'), other_names: ['/models/tiny-Q4_K_M.gguf'] }
    const row = toInstalledModel(provided, 'llama-server', (name) => (name === 'alias' ? unknown : known))
    expect(row).toMatchObject({ name: 'alias', model: 'tiny:1b', quantization: 'Q4_K_M', kind: 'chat' })
  })
})
