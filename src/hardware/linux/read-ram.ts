import type { Machine } from '../../machine.js'
import { MAX_RAM_BYTES } from '../measure.js'
import type { ProbeSource } from '../probe-source.js'
import { readCgroupLimit } from './read-cgroup-limit.js'

type Ram = Machine['ram']

/** The memory of a Linux machine or container, and the limit that a container has. */
export interface LinuxRam {
  ram: Ram
  /** Bytes that a cgroup allows, where that is less than the machine has. */
  limit_bytes: number | null
}

export function readLinuxRam(source: ProbeSource): LinuxRam {
  const ram = readMeminfo(source)
  const limit = readCgroupLimit(source)
  if (limit === null || (ram.total_bytes !== null && limit.limit_bytes >= ram.total_bytes)) {
    return { ram, limit_bytes: null }
  }
  const host = ram.available_bytes ?? Number.POSITIVE_INFINITY
  const left = limit.left_bytes ?? Number.POSITIVE_INFINITY
  const available = Math.min(host, left, limit.limit_bytes)
  const known = limit.left_bytes !== null || ram.available_bytes !== null
  return {
    ram: { total_bytes: limit.limit_bytes, available_bytes: known ? available : null },
    limit_bytes: limit.limit_bytes,
  }
}

/**
 * What /proc/meminfo says. Available is MemAvailable; kernels before 3.14 do not have it, there it is what is free or holds
 * cached files. Where the file is missing or says nonsense, what the operating system says counts.
 */
function readMeminfo(source: ProbeSource): Ram {
  const fields = parseMeminfo(source.readFile('/proc/meminfo') ?? '')
  const total = fields.get('MemTotal') || source.memory.total_bytes
  const cached = ['MemFree', 'Buffers', 'Cached'].map((key) => fields.get(key))
  const old = cached[0] === undefined ? undefined : cached.reduce<number>((sum, part) => sum + (part ?? 0), 0)
  const candidates = [fields.get('MemAvailable'), old, source.memory.available_bytes]
  const available = candidates.find(
    (bytes) => typeof bytes === 'number' && (total === null || bytes <= total),
  )
  return { total_bytes: total, available_bytes: available ?? null }
}

function parseMeminfo(text: string): Map<string, number> {
  const fields = new Map<string, number>()
  for (const [, key = '', digits, unit] of text.matchAll(
    /^[ \t]*(\w{1,40}):?[ \t]+(\d{1,18})[ \t]*([kKmMgG]i?)?[bB]?[ \t]*\r?$/gm,
  )) {
    const factor = 1024 ** ' kmg'.indexOf(unit?.[0]?.toLowerCase() ?? ' ')
    const bytes = Number(digits) * factor
    if (bytes <= MAX_RAM_BYTES && !fields.has(key)) fields.set(key, bytes)
  }
  return fields
}
