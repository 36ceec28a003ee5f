import type { ProbeSource } from '../probe-source.js'
import { MAX_RAM_BYTES } from '../measure.js'

/** The tightest memory limit that holds for this process. */
export interface CgroupLimit {
  limit_bytes: number
  /** What is left below it; cached files count as left, because the kernel drops them first. */
  left_bytes: number | null
}

interface Dialect {
  root: string
  limit: string
  usage: string
  /** Line of memory.stat with the file pages that can be dropped. */
  inactive: RegExp
}

const V2: Dialect = {
  root: '/sys/fs/cgroup',
  limit: 'memory.max',
  usage: 'memory.current',
  inactive: /^inactive_file (\d{1,18})$/m,
}

const V1: Dialect = {
  root: '/sys/fs/cgroup/memory',
  limit: 'memory.limit_in_bytes',
  usage: 'memory.usage_in_bytes',
  inactive: /^total_inactive_file (\d{1,18})$/m,
}

const MAX_DEPTH = 32

/**
 * Reads the limit of this process's own cgroup and of all above it: each of them holds. In a container the own cgroup is
 * mounted at the root; in a systemd service it is named by /proc/self/cgroup.
 */
export function readCgroupLimit(source: ProbeSource): CgroupLimit | null {
  const paths = ownPaths(source.readFile('/proc/self/cgroup') ?? '')
  const limits = [...readUpwards(source, V2, paths.v2), ...readUpwards(source, V1, paths.v1)]
  if (limits.length === 0) return null
  const left = limits.flatMap((limit) => (limit.left_bytes === null ? [] : [limit.left_bytes]))
  return {
    limit_bytes: Math.min(...limits.map((limit) => limit.limit_bytes)),
    left_bytes: left.length === 0 ? null : Math.min(...left),
  }
}

/** `0::/a/b` is version 2, `9:memory:/a/b` version 1. */
function ownPaths(text: string): { v1: string; v2: string } {
  const v2 = /^0::(\/\S{0,1000})$/m.exec(text)?.[1] ?? '/'
  const v1 = /^\d{1,3}:(?:[\w,=-]{0,100},)?memory(?:,[\w,=-]{0,100})?:(\/\S{0,1000})$/m.exec(text)?.[1] ?? '/'
  return { v1, v2 }
}

function readUpwards(source: ProbeSource, dialect: Dialect, path: string): CgroupLimit[] {
  const parts = path
    .split('/')
    .filter((part) => part !== '' && part !== '.' && part !== '..')
    .slice(0, MAX_DEPTH)
  const limits: CgroupLimit[] = []
  for (let depth = parts.length; depth >= 0; depth--) {
    const limit = readLimit(source, dialect, [dialect.root, ...parts.slice(0, depth)].join('/'))
    if (limit !== null) limits.push(limit)
  }
  return limits
}

function readLimit(source: ProbeSource, dialect: Dialect, directory: string): CgroupLimit | null {
  const limit = parseCount(source.readFile(`${directory}/${dialect.limit}`))
  // "max", and in version 1 a number beyond any machine, is no limit; 0 would leave nothing to run in.
  if (limit === null || limit === 0 || limit > MAX_RAM_BYTES) return null
  const usage = parseCount(source.readFile(`${directory}/${dialect.usage}`))
  const stat = source.readFile(`${directory}/memory.stat`) ?? ''
  const inactive = Math.min(parseCount(dialect.inactive.exec(stat)?.[1] ?? null) ?? 0, usage ?? 0)
  const left = usage === null ? null : Math.min(limit, Math.max(0, limit - usage + inactive))
  return { limit_bytes: limit, left_bytes: left }
}

function parseCount(text: string | null): number | null {
  return text !== null && /^\d{1,20}$/.test(text.trim()) ? Number(text.trim()) : null
}
