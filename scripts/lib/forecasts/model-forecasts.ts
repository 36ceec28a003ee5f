import type { ModelRow } from '../../../generated/types.js'
import type { KnownWeights } from '../../../src/memory/known-weights.js'
import { SETTING_COUNT } from '../../../src/memory/known-settings.js'
import { bufferLinesOf } from './buffer-lines.js'
import { codeWeights, weightsWhole } from './build-weights.js'
import { codeBuffers } from './code-buffers.js'

/** Forecasts of catalog models; copies of one architecture are worked out once. */
export class ModelForecasts {
  readonly #buffers = new Map<string, string>()
  readonly #weights = new Map<string, KnownWeights>()

  /** Compute buffers with everything on the GPU. */
  buffers({ architecture }: ModelRow): string {
    const key = JSON.stringify(architecture)
    let text = this.#buffers.get(key)
    if (text === undefined) {
      const settings = Array.from({ length: SETTING_COUNT }, (_, setting) =>
        bufferLinesOf(architecture, setting),
      )
      text = codeBuffers(settings)
      this.#buffers.set(key, text)
    }
    return text
  }

  /** Tensor bytes of the builds. */
  weights({ architecture, builds }: ModelRow): string {
    const shape = JSON.stringify(architecture)
    const weights = builds.map((build) => {
      const key = `${shape} ${build.quantization} ${build.bytes} ${build.bytes_basis}`
      const known = this.#weights.get(key) ?? weightsWhole(architecture, build)
      this.#weights.set(key, known)
      return known
    })
    return codeWeights(weights, builds, architecture.tied_embeddings)
  }
}
