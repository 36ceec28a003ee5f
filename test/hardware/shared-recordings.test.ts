import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { isRecord } from '../../src/hardware/json-value.js'
import { probeMachine } from '../../src/hardware/probe-machine.js'
import { parseRecording } from '../../src/hardware/recording.js'
import { replaySource } from '../../src/hardware/replay-source.js'
import type { Machine } from '../../src/machine.js'

const directory = new URL('../shared/fixtures/hardware/', pathToFileURL(`${process.cwd()}/`))
const files = existsSync(directory) ? readdirSync(directory).filter((name) => name.endsWith('.json')) : []

describe.skipIf(files.length === 0)('the shared recordings', () => {
  it.each(files)('%s is read as expected', async (file) => {
    const fixture: unknown = JSON.parse(readFileSync(new URL(file, directory), 'utf8'))
    if (!isRecord(fixture) || !isRecord(fixture['expected'])) throw new Error(`${file} is no fixture`)
    const machine = await probeMachine(replaySource(parseRecording(JSON.stringify(fixture['recording']))))
    expect(differences(machine, fixture['expected']), JSON.stringify(machine, null, 1)).toEqual([])
  })
})

function differences(machine: Machine, expected: Record<string, unknown>): string[] {
  const found: string[] = []
  if (isRecord(expected['ram']) && !matches(machine.ram, expected['ram'])) found.push('ram differs')
  const rest = [...machine.gpus]
  const wanted = list(expected['gpus']).sort(
    (a, b) => Number(a['optional'] ?? 0) - Number(b['optional'] ?? 0),
  )
  for (const gpu of wanted) {
    const index = rest.findIndex((candidate) => matches(candidate, gpu))
    if (index >= 0) rest.splice(index, 1)
    else if (gpu['optional'] !== true) found.push(`missing: ${JSON.stringify(gpu)}`)
  }
  found.push(...rest.map((gpu) => `not expected: ${gpu.name}`))
  for (const problem of list(expected['problems'])) {
    const kinds = [problem['kind']].flat()
    const reported = machine.problems.some(
      ({ probe, kind }) => probe.startsWith(String(problem['probe'])) && kinds.includes(kind),
    )
    if (!reported) found.push(`no problem: ${JSON.stringify(problem)}`)
  }
  return found
}

function list(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isRecord) : []
}

function matches(actual: object, expected: Record<string, unknown>): boolean {
  const values = new Map(Object.entries(actual))
  return Object.entries(expected).every(([key, value]) => {
    if (key === 'optional') return true
    const allowed: unknown[] = Array.isArray(value) ? value : [value]
    const got: unknown = values.get(key)
    return key === 'name' ? allowed.some((name) => plain(name) === plain(got)) : allowed.includes(got)
  })
}

function plain(name: unknown): string {
  return String(name)
    .replace(/\((?:R|TM)\)/gi, '')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^(?:nvidia|amd|intel|apple)\s+/, '')
}
