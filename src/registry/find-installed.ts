import type { ProviderId } from '../providers/index.js'
import type { InstalledModel } from './list-installed.js'
import type { ResolveName } from './resolve-name.js'

/** Exact names before completed ones before other spellings of the same weights. */
function closeness(
  row: InstalledModel,
  wanted: { name: string; model: string | null; quantization: string | null },
): number {
  if (row.name === wanted.name) return 4
  if (row.name === `${wanted.name}:latest`) return 3
  if (row.name.toLowerCase() === wanted.name.toLowerCase()) return 2
  const sameBuild = wanted.quantization === null || row.quantization === wanted.quantization
  return wanted.model !== null && row.model === wanted.model && sameBuild ? 1 : 0
}

/**
 * The installed model that a name means, or `undefined`: a provider's own name, or a catalog id.
 *
 * Among several the closest name wins, then one that is loaded, then the order of the list.
 */
export function findInstalled(
  models: readonly InstalledModel[],
  name: string,
  options: { resolve: ResolveName; provider?: ProviderId },
): InstalledModel | undefined {
  const { model, quantization } = options.resolve(name)
  // A bare id names no quantization, whatever label its tag has by default.
  const wanted = { name, model, quantization: name === model ? null : quantization }
  const ranked = models
    .filter((row) => options.provider === undefined || row.provider === options.provider)
    .map((row) => ({ row, rank: closeness(row, wanted) * 2 + (row.loaded === true ? 1 : 0) }))
    .filter(({ rank }) => rank >= 2)
  return ranked.toSorted((a, b) => b.rank - a.rank)[0]?.row
}
