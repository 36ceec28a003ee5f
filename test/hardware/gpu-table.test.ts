import { readdirSync, readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { identifyGpu, type GpuTable, type GpuTableRow } from '../../src/hardware/identify-gpu.js'
import { isRecord } from '../../src/hardware/json-value.js'
import type { GpuVendor } from '../../src/machine.js'

const GIB = 1024 ** 3
const VENDORS = ['nvidia', 'amd', 'intel', 'apple'] as const
const table = readTable()

function readVendor(vendor: string): unknown {
  return parse(readFileSync(`catalog/gpus/${vendor}.yaml`, 'utf8'))
}

function readTable(): GpuTable {
  const rows: Record<string, GpuTableRow> = {}
  for (const vendor of VENDORS) {
    const file = readVendor(vendor)
    if (!isRecord(file) || !Array.isArray(file['gpus'])) throw new Error(`${vendor}.yaml has no gpus`)
    for (const row of file['gpus'].filter(isRecord)) {
      rows[String(row['id'])] = {
        vendor,
        name: String(row['name']),
        aliases: Array.isArray(row['aliases']) ? row['aliases'].map(String) : [],
        memory_bytes: Number(row['memory_bytes']),
        memory_kind: row['memory_kind'] === 'unified' ? 'unified' : 'dedicated',
      }
    }
  }
  return rows
}

function identify(vendor: GpuVendor, name: string, gib: number | null = null, cores: number | null = null) {
  const gpu = { vendor, name, total_bytes: gib === null ? null : Math.round(gib * GIB) }
  return identifyGpu(gpu, table, cores)
}

describe('the GPU table', () => {
  it.each(VENDORS)('%s.yaml is valid and sorted by id', (vendor) => {
    const ajv = new Ajv({ strict: false })
    for (const file of readdirSync('schema')) {
      const schema: unknown = JSON.parse(readFileSync(`schema/${file}`, 'utf8'))
      if (isRecord(schema)) ajv.addSchema(schema)
    }
    const validate = ajv.getSchema('https://llm-almanac.dev/schema/gpu.schema.json')
    validate?.(readVendor(vendor))
    expect(validate?.errors).toBeNull()
    const ids = Object.entries(table).flatMap(([id, row]) => (row.vendor === vendor ? [id] : []))
    expect(ids).toEqual([...ids].sort())
  })

  it('holds the cards that people own', () => {
    expect(Object.keys(table).length).toBeGreaterThan(200)
  })

  it.each(Object.entries(table))('%s is found by its own name and memory', (id, row) => {
    const gpu = { vendor: row.vendor, name: row.name, total_bytes: row.memory_bytes }
    expect(identifyGpu(gpu, table)).toBe(id)
  })
})

describe('identifyGpu', () => {
  it.each([
    ['nvidia', 'NVIDIA GeForce RTX 3060', 12, 'rtx-3060-12gb'],
    ['nvidia', 'NVIDIA GeForce RTX 3060', 8, 'rtx-3060-8gb'],
    ['nvidia', 'NVIDIA GeForce RTX 3060 Laptop GPU', 6, 'rtx-3060-laptop-6gb'],
    ['nvidia', 'GeForce RTX 4070', 12, 'rtx-4070-12gb'],
    ['nvidia', 'NVIDIA GeForce RTX 4070 Ti', 12, 'rtx-4070-ti-12gb'],
    ['nvidia', 'NVIDIA GeForce RTX 4070Ti SUPER', 16, 'rtx-4070-ti-super-16gb'],
    ['nvidia', 'NVIDIA RTX 4000 SFF Ada Generation', 20, 'rtx-4000-sff-ada-20gb'],
    ['nvidia', 'NVIDIA A100-SXM4-80GB', 80, 'a100-sxm4-80gb'],
    ['nvidia', 'Tesla T4', 15, 'tesla-t4-16gb'],
    ['nvidia', 'NVIDIA GB10', 119.6, 'gb10'],
    ['amd', 'AMD Radeon RX 7900 XTX', 24, 'rx-7900-xtx-24gb'],
    ['amd', 'Radeon RX 7900 XT', 20, 'rx-7900-xt-20gb'],
    ['amd', 'Navi 32 [Radeon RX 7700 XT / 7800 XT]', 16, 'rx-7800-xt-16gb'],
    ['amd', 'AMD Radeon(TM) 8060S Graphics', 0.5, 'radeon-8060s'],
    ['amd', 'Arcturus GL-XL [Instinct MI100]', 32, 'instinct-mi100-32gb'],
    ['intel', 'Intel(R) Arc(TM) A770 Graphics', 16, 'arc-a770-16gb'],
    ['intel', 'DG2 [Arc A770]', 8, 'arc-a770-8gb'],
    ['apple', 'Apple M2 Max', 64, 'm2-max'],
  ] as const)('%s %s with %d GiB is %s', (vendor, name, gib, id) => {
    expect(identify(vendor, name, gib)).toBe(id)
  })

  it.each([
    ['a name that only begins like one in the table', 'nvidia', 'NVIDIA GeForce RTX 4070 Turbo', 12],
    [
      'one of several models of a PCI name, where memory does not decide',
      'amd',
      'Navi 22 [Radeon RX 6700 XT / 6750 XT]',
      12,
    ],
    ['a card with more memory than any model of its name', 'nvidia', 'NVIDIA GeForce RTX 3080', 20],
    ['a vGPU', 'nvidia', 'NVIDIA H100L-2-24C', 24],
    ['a card whose memory is not known and would decide', 'nvidia', 'NVIDIA GeForce RTX 3060', null],
    ['a name of another vendor', 'amd', 'NVIDIA GeForce RTX 4090', 24],
  ] as const)('does not name %s', (_what, vendor, name, gib) => {
    expect(identify(vendor, name, gib)).toBeNull()
  })

  it('does not call a MIG slice by the name of its card', () => {
    const gpu = {
      vendor: 'nvidia',
      name: 'NVIDIA A100-SXM4-80GB',
      total_bytes: 80 * GIB,
      unified: false,
    } as const
    expect(identifyGpu({ ...gpu, mig_parent: 0 }, table)).toBeNull()
  })

  it('tells Apple chips of one name apart by their GPU cores', () => {
    expect(identify('apple', 'Apple M3 Max', 64, 40)).toBe('m3-max-40-core')
    expect(identify('apple', 'Apple M3 Max', 36, 30)).toBe('m3-max-30-core')
    expect(identify('apple', 'Apple M3 Max', 64, 99)).toBe('m3-max')
  })
})
