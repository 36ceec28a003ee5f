import type { Architecture } from '../../generated/authored.js'
import { countParameters } from '../../src/memory/weights/index.js'

type Count = ReturnType<typeof countParameters>
const counts = new WeakMap<Architecture, Count>()

/** Parameters of an architecture, counted once for all rules; `null` where its tensors are not known. */
export function countedParameters(architecture: Architecture): Count {
  const known = counts.get(architecture)
  if (known !== undefined) return known
  // Tensors are kept as long as the architecture that they were listed for: the copy lets go of them.
  const count = countParameters({ ...architecture })
  counts.set(architecture, count)
  return count
}
