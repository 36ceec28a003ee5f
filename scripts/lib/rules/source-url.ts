import type { Path } from '../diagnostic.js'
import { show } from '../show.js'
import type { Entry, Rule, Sources } from '../sources.js'

const URL_FIELDS = new Set(['url', 'source', 'default_source'])
const PLACEHOLDER =
  /(^|\.)(example|test|invalid|localhost|local)(\.(com|org|net))?$|^(\d{1,3}\.){3}\d{1,3}$|^\[/

/** Addresses of sources are real ones. */
export const sourceUrl: Rule = {
  ids: ['source/url'],
  check(sources, report) {
    for (const entry of allEntries(sources))
      eachUrl(entry.data, [], (url, path) => {
        const problem = problemOf(url)
        if (problem === undefined) return
        report({
          rule: 'source/url',
          entry,
          path,
          message: `address ${show(url)} ${problem}`,
          hint: 'paste the address of the page where the fact can be read',
        })
      })
  },
}

function allEntries(sources: Sources): Entry<unknown>[] {
  const single = [sources.quantizations, sources.tiers, sources.providers, sources.sizeExceptions]
  return [
    ...sources.models,
    ...sources.families.values(),
    ...sources.gpus,
    ...single.filter((entry) => entry !== undefined),
  ]
}

function eachUrl(value: unknown, path: Path, visit: (url: string, path: Path) => void): void {
  if (typeof value !== 'object' || value === null) return
  const children: [string | number, unknown][] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value)
  for (const [key, child] of children) {
    if (typeof child === 'string' && typeof key === 'string' && URL_FIELDS.has(key))
      visit(child, [...path, key])
    else eachUrl(child, [...path, key], visit)
  }
}

function problemOf(text: string): string | undefined {
  if (!URL.canParse(text)) return 'is not complete'
  const url = new URL(text)
  if (url.username !== '' || url.password !== '') return 'has a name or password in it'
  if (PLACEHOLDER.test(url.hostname)) return 'is a placeholder'
  if (!url.hostname.includes('.')) return 'has no complete host name'
  if (/[,;|]https?:/i.test(text)) return 'holds a second address'
  if (/\b(todo|tbd|xxx+|fixme|changeme)\b/i.test(text)) return 'is a placeholder'
  return undefined
}
