import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { show } from '../show.js'
import type { Entry, Rule } from '../sources.js'
import { didYouMean } from '../suggest.js'

const require = createRequire(import.meta.url)

function readIds(path: string): string[] {
  const ids: unknown = JSON.parse(readFileSync(require.resolve(path), 'utf8'))
  return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : []
}

/** SPDX's own list, deprecated ids left out. */
const SPDX = new Set(readIds('spdx-license-ids/index.json'))

/** Licences are SPDX ids, or marked as names of our own. */
export const licence: Rule = {
  ids: ['licence/spdx'],
  check(sources, report) {
    const entries: Entry<{ licence?: string }>[] = [...sources.models, ...sources.families.values()]
    for (const entry of entries) {
      const id = entry.data.licence
      if (id === undefined || SPDX.has(id) || /^LicenseRef-[A-Za-z0-9.-]+$/.test(id)) continue
      report({
        rule: 'licence/spdx',
        entry,
        path: ['licence'],
        message: `licence ${show(id)} is not an SPDX id`,
        hint: hintFor(id),
      })
    }
  },
}

function hintFor(id: string): string {
  // GPL-3.0 and its like were ids once, and are near to those of quite other licences.
  if (SPDX.has(`${id}-only`)) return `write ${show(`${id}-only`)} or ${show(`${id}-or-later`)}`
  if (/^LicenseRef-?/i.test(id))
    return 'write LicenseRef-, with these capitals, and then the name of the licence'
  const own = `see spdx.org/licenses, or write ${show(`LicenseRef-${id}`)} for a licence of the vendor's own`
  return didYouMean(id, SPDX, own)
}
