import type { GpusFile } from '../../../generated/authored.js'
import { GB, GIB, MIB } from '../../../src/units.js'
import { show } from '../show.js'
import type { Entry, Report, Rule } from '../sources.js'

type GpuEntry = GpusFile['gpus'][number]

/** The smallest and largest memory that any card or shared memory has had, with room to spare. */
const MEMORY = { min: 256 * MIB, max: 1024 * GIB }
/** From laptop memory to stacked memory, with room to spare. */
const BANDWIDTH = { min: 8 * GB, max: 40_000 * GB }

/** Memory and bandwidth of GPUs are in bytes and of the right size. */
export const gpus: Rule = {
  ids: ['gpu/memory', 'gpu/memory-kind', 'gpu/bandwidth'],
  check(sources, report) {
    for (const entry of sources.gpus)
      for (const [index, gpu] of entry.data.gpus.entries()) {
        checkMemory(entry, index, gpu, report)
        checkKind(entry, index, gpu, report)
        checkBandwidth(entry, index, gpu, report)
      }
  },
}

function checkMemory(entry: Entry<GpusFile>, index: number, gpu: GpuEntry, report: Report): void {
  const bytes = gpu.memory_bytes
  const say = (message: string, hint: string): void =>
    report({ rule: 'gpu/memory', entry, path: ['gpus', index, 'memory_bytes'], message, hint })
  if (bytes < 2048) return say(`memory_bytes ${bytes} looks like GiB, not bytes`, `write ${bytes * GIB}`)
  if (bytes < 2 * 1024 ** 2 && bytes % 256 === 0)
    return say(`memory_bytes ${bytes} looks like MiB, not bytes`, `write ${bytes * MIB}`)
  if (bytes < MEMORY.min || bytes > MEMORY.max)
    return say(
      `memory_bytes ${bytes} is ${(bytes / GIB).toFixed(3)} GiB: no GPU has that`,
      'count the digits: 24 GiB is 25769803776',
    )
  if (bytes % (GB / 2) === 0 && bytes % MIB !== 0)
    return say(
      `memory_bytes ${bytes} is ${bytes / GB} GB (10^9); cards have GiB (2^30)`,
      `write ${Math.round((bytes / GB) * GIB)}`,
    )
  const stated = /-(\d+)gb$/.exec(gpu.id)?.[1]
  if (stated !== undefined && Math.abs(bytes / GIB - Number(stated)) > 0.05 * Number(stated))
    say(
      `memory_bytes is ${(bytes / GIB).toFixed(1)} GiB, but the id ${show(gpu.id)} says ${stated}`,
      'correct the one that is wrong',
    )
}

/** Apple builds no cards: its GPUs share the memory of the machine. */
function checkKind(entry: Entry<GpusFile>, index: number, gpu: GpuEntry, report: Report): void {
  if (entry.id !== 'apple' || gpu.memory_kind === 'unified') return
  report({
    rule: 'gpu/memory-kind',
    entry,
    path: ['gpus', index, 'memory_kind'],
    message: `${gpu.name} has no memory of its own`,
    hint: 'write unified: it shares the memory of the machine',
  })
}

function checkBandwidth(entry: Entry<GpusFile>, index: number, gpu: GpuEntry, report: Report): void {
  const rate = gpu.memory_bandwidth_bytes_per_s
  if (rate === undefined || (rate >= BANDWIDTH.min && rate <= BANDWIDTH.max)) return
  const inGb = rate < 50_000
  report({
    rule: 'gpu/bandwidth',
    entry,
    path: ['gpus', index, 'memory_bandwidth_bytes_per_s'],
    message: inGb
      ? `memory_bandwidth_bytes_per_s ${rate} looks like GB/s, not bytes a second`
      : `memory_bandwidth_bytes_per_s ${rate} is ${rate / GB} GB/s: no GPU has that`,
    hint: inGb ? `write ${rate * GB}` : 'count the digits: 1008 GB/s is 1008000000000',
  })
}
