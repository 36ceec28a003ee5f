import type { ModelRow } from '../../../generated/types.js'
import { weightsOfBuild } from '../../../src/memory/build-memory.js'
import type { KnownWeights } from '../../../src/memory/known-weights.js'
import { placeWeights } from '../../../src/memory/weights/index.js'
import { codeNumbers } from './code-numbers.js'

type Build = ModelRow['builds'][number]

/** Tensor bytes of one build whole on the GPU, and without one. */
export function weightsWhole(architecture: ModelRow['architecture'], build: Build): KnownWeights {
  const weights = weightsOfBuild(architecture, build)
  const whole = placeWeights(architecture, weights, { first_gpu_block: 0, output_on_gpu: true })
  const onHost = { first_gpu_block: architecture.block_count, output_on_gpu: false }
  const { host_bytes: ram_bytes } = placeWeights(architecture, weights, onHost)
  return { ...whole, ram_bytes, scaled: weights.basis === 'scaled' }
}

/** The tensor bytes of a model's builds as the text that `KnownBuilds` reads. */
export function codeWeights(
  weights: readonly KnownWeights[],
  builds: readonly Pick<Build, 'bytes'>[],
  tied: boolean,
): string {
  let last = [0, 0, 0]
  const texts = weights.map(({ gpu_bytes, host_bytes, ram_bytes, scaled }, index) => {
    const beside = (builds[index]?.bytes ?? 0) - ram_bytes
    const sums = [beside, host_bytes, ram_bytes - gpu_bytes - (tied ? 0 : host_bytes)]
    const differences = sums.map((sum, at) => sum - (last[at] ?? 0))
    last = sums
    return codeNumbers([...differences, Number(scaled)])
  })
  return texts.join(';')
}
