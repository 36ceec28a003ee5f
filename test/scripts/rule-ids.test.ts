import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { RULE_IDS } from '../../scripts/lib/rules/index.js'

it('explains every rule id in CONTRIBUTING.md, and no other', () => {
  const text = readFileSync('CONTRIBUTING.md', 'utf8')
  const checks = text.slice(text.indexOf('\n## Checks'))
  const lines = checks.split('\n').filter((line) => line.startsWith('- `'))
  const ids = lines.flatMap((line) => [...line.slice(0, line.indexOf(':')).matchAll(/`(\S+\/\S+)`/g)])
  expect(ids.map(([, id]) => id).toSorted()).toEqual(RULE_IDS)
})

it('has no rule id twice', () => {
  expect(new Set(RULE_IDS).size).toBe(RULE_IDS.length)
})
