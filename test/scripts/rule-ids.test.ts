import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { RULE_IDS } from '../../scripts/lib/rules/index.js'

it('explains every rule id in CONTRIBUTING.md, and no other', () => {
  const text = readFileSync('CONTRIBUTING.md', 'utf8')
  const checks = text.slice(text.indexOf('\n## Checks'))
  const headings = [...checks.matchAll(/^### (\S+\/\S+)$/gm)].map(([, id]) => id)
  expect(headings.toSorted()).toEqual(RULE_IDS)
})

it('has no rule id twice', () => {
  expect(new Set(RULE_IDS).size).toBe(RULE_IDS.length)
})
