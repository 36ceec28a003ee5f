import type { Architecture } from '../../generated/types.js'
import { findForecast } from '../catalog/forecast-lookup.js'
import { readNumbers } from './coded-numbers.js'

/** Tensor bytes of one build. */
export interface KnownWeights {
  /** Whole on the GPU: there, and what stays on the host. */
  gpu_bytes: number
  host_bytes: number
  /** Without a GPU: all of it. */
  ram_bytes: number
  /** Shared out over the file's size rather than known tensor by tensor. */
  scaled: boolean
}

/** What of a build decides its weights. */
type Sized = { readonly bytes: number }

const weightsOf = new WeakMap<Sized, KnownWeights>()
const read = new WeakSet<Architecture>()

/** What generation has worked out of a catalog build's tensors, whole on one device. */
export function knownWeights(architecture: Architecture, build: Sized): KnownWeights | undefined {
  if (!read.has(architecture)) {
    read.add(architecture)
    const forecast = findForecast(architecture)
    if (forecast) {
      const { builds, tensor_bytes } = forecast
      readWeights(tensor_bytes, builds, architecture.tied_embeddings).forEach((weights, index) => {
        const row = builds[index]
        if (row) weightsOf.set(row, weights)
      })
    }
  }
  return weightsOf.get(build)
}

/**
 * Reads the coded tensor bytes of a model's builds, apart by `;`. Each is told by three sums, less those of the build
 * before: what the file holds beside what RAM takes, what stays on the host, and what RAM takes beyond the GPU
 * (embeddings that are not tied are taken for granted there); a fourth number, 1, says that the tensors are scaled.
 */
export function readWeights(text: string, builds: readonly Sized[], tied: boolean): KnownWeights[] {
  let [beside, host_bytes, beyond] = [0, 0, 0]
  const texts = text.split(';')
  return builds.map(({ bytes }, index) => {
    const [besideMore = 0, hostMore = 0, beyondMore = 0, scaled = 0] = readNumbers(texts[index] ?? '')
    beside += besideMore
    host_bytes += hostMore
    beyond += beyondMore
    const ram_bytes = bytes - beside
    const gpu_bytes = ram_bytes - beyond - (tied ? 0 : host_bytes)
    return { gpu_bytes, host_bytes, ram_bytes, scaled: scaled === 1 }
  })
}
