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

const models = new WeakMap<Architecture, KnownBuilds | null>()

/** What generation has worked out of a catalog build's tensors, whole on one device. */
export function knownWeights(architecture: Architecture, build: Sized): KnownWeights | undefined {
  let model = models.get(architecture)
  if (model === undefined) {
    const forecast = findForecast(architecture)
    model = forecast
      ? new KnownBuilds(forecast.tensor_bytes, forecast.builds, architecture.tied_embeddings)
      : null
    models.set(architecture, model)
  }
  return model?.weightsOf(build)
}

/**
 * The coded tensor bytes of a model's builds, read as far as they are asked for. Builds are apart by `;`. Each is told
 * by three sums, less those of the build before: what the file holds beside what RAM takes, what stays on the host, and
 * what RAM takes beyond the GPU (embeddings that are not tied are taken for granted there); a fourth number, 1, says
 * that the tensors are scaled.
 */
export class KnownBuilds {
  readonly #texts: readonly string[]
  readonly #builds: readonly Sized[]
  readonly #tied: boolean
  readonly #read: KnownWeights[] = []
  #last: [beside: number, host: number, beyond: number] = [0, 0, 0]

  constructor(text: string, builds: readonly Sized[], tied: boolean) {
    this.#texts = text.split(';')
    this.#builds = builds
    this.#tied = tied
  }

  weightsOf(build: Sized): KnownWeights | undefined {
    const index = this.#builds.indexOf(build)
    while (this.#read.length <= index) this.#readNext()
    return this.#read[index]
  }

  #readNext(): void {
    const index = this.#read.length
    const [beside = 0, host = 0, beyond = 0, scaled = 0] = readNumbers(this.#texts[index] ?? '')
    this.#last = [this.#last[0] + beside, this.#last[1] + host, this.#last[2] + beyond]
    const host_bytes = this.#last[1]
    const ram_bytes = (this.#builds[index]?.bytes ?? 0) - this.#last[0]
    const gpu_bytes = ram_bytes - this.#last[2] - (this.#tied ? 0 : host_bytes)
    this.#read.push({ gpu_bytes, host_bytes, ram_bytes, scaled: scaled === 1 })
  }
}
