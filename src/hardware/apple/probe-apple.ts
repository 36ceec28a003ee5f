import type { Problem } from '../../machine.js'
import { GIB, MIB } from '../../units.js'
import type { GpuFacts, ProbeReport } from '../gpu-facts.js'
import { parseToolJson } from '../json-value.js'
import { MAX_GPU_BYTES } from '../measure.js'
import { runProbe, type ProbeSource } from '../probe-source.js'
import { classifyFailure, commandProblem } from '../problems.js'
import { parseAppleDisplays } from './parse-apple-displays.js'

export interface AppleReport extends ProbeReport {
  ram: { total_bytes: number | null; available_bytes: number | null }
}

/** Asks macOS for its GPUs, its memory, and how much of it the GPU may lock. */
export async function probeApple(source: ProbeSource): Promise<AppleReport> {
  const [displays, sysctl, vmStat] = await Promise.all([
    runProbe(source, 'apple.displays'),
    runProbe(source, 'apple.sysctl'),
    runProbe(source, 'apple.vm_stat'),
  ])
  const json = parseToolJson(displays.stdout)
  const problems: Problem[] = []
  if (json === undefined)
    problems.push(commandProblem('apple.displays', displays, classifyFailure(displays), {}))
  const total = parseSysctl(sysctl.stdout, 'hw.memsize') ?? source.memory.total_bytes
  if (sysctl.timed_out) problems.push(commandProblem('apple.sysctl', sysctl, 'timed_out', {}))
  const limit = (parseSysctl(sysctl.stdout, 'iogpu.wired_limit_mb') ?? 0) * MIB
  const gpus = parseAppleDisplays(json).map((facts) =>
    withBudget(facts, total, limit <= MAX_GPU_BYTES ? limit : 0),
  )
  const available = parseVmStat(vmStat.stdout, total) ?? source.memory.available_bytes
  return { gpus, problems, ram: { total_bytes: total, available_bytes: available } }
}

function withBudget(facts: GpuFacts, total: number | null, limit: number): GpuFacts {
  if (facts.vendor !== 'apple') return facts
  if (total === null) return { ...facts, budget_bytes: limit > 0 ? limit : null }
  if (limit > 0) return { ...facts, total_bytes: total, budget_bytes: Math.min(limit, total) }
  return { ...facts, total_bytes: total, budget_bytes: estimateWiredLimit(total), budget_estimated: true }
}

/**
 * What macOS lets the GPU lock when nobody has set a limit: two thirds of the memory up to 32 GiB, three quarters above.
 * Apple does not document it; it is what Metal's `recommendedMaxWorkingSetSize` says on machines of these sizes
 * (21.3 GiB of 32, 27 GiB of 36, 48 GiB of 64).
 *
 * @example estimateWiredLimit(68_719_476_736) // 51_539_607_552
 */
export function estimateWiredLimit(totalBytes: number): number {
  return Math.floor(totalBytes * (totalBytes <= 32 * GIB ? 2 / 3 : 3 / 4))
}

/** `hw.memsize: 17179869184`, with `=` on old systems; an oid that is not there is `null`. */
function parseSysctl(stdout: string, oid: string): number | null {
  const line = stdout.split(/\r?\n/).find((text) => text.startsWith(oid))
  const value = Number(/^\s*[:=]\s*(\d{1,15})\s*$/.exec(line?.slice(oid.length) ?? '')?.[1])
  return Number.isSafeInteger(value) && value > 0 && value <= MAX_GPU_BYTES ? value : null
}

/**
 * Memory that programs can get: free pages and those that the system gives up at once (inactive, speculative, purgeable).
 * Node's `os.freemem` counts the free ones alone, which is nearly none on a Mac that has been up for a day.
 */
export function parseVmStat(stdout: string, totalBytes: number | null): number | null {
  const page = Number(/page size of (\d{1,6}) bytes/.exec(stdout)?.[1])
  if (!Number.isInteger(page) || page <= 0) return null
  const pages = ['free', 'inactive', 'speculative', 'purgeable'].map((kind) =>
    Number(new RegExp(`^Pages ${kind}:\\s+(\\d{1,15})\\.?\\s*$`, 'm').exec(stdout)?.[1] ?? Number.NaN),
  )
  if (!Number.isInteger(pages[0]) || !Number.isInteger(pages[1])) return null
  const bytes = pages.reduce((sum, count) => sum + (Number.isInteger(count) ? count : 0), 0) * page
  return totalBytes !== null && bytes > totalBytes ? null : bytes
}
