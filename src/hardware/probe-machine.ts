import type { Machine } from '../machine.js'
import { probeApple } from './apple/probe-apple.js'
import type { GpuFacts } from './gpu-facts.js'
import { identifyGpu, type GpuTable } from './identify-gpu.js'
import { probeLinux } from './linux/probe-linux.js'
import { readLinuxRam } from './linux/read-ram.js'
import { MAX_RAM_BYTES } from './measure.js'
import { mergeFacts } from './merge-facts.js'
import { findMissingNumbers } from './missing-numbers.js'
import { probeNvidiaSmi, type NvidiaReport } from './nvidia/probe-nvidia.js'
import type { ProbeSource } from './probe-source.js'
import { toGpu, type SystemMemory } from './to-gpu.js'
import { probeWindows } from './windows/probe-windows.js'
import { probeXpuSmi } from './intel/probe-intel.js'
import type { PlatformReport } from './platform-report.js'

export interface ProbeOptions {
  /** Table that names and enriches the cards; without it no card has a `catalog_id`. */
  gpus?: GpuTable
}

/**
 * The machine: its memory, its GPUs, and what could not be read and why. Bytes everywhere, `null` where no probe knows.
 *
 * Runs the tools that are installed in parallel, 5 s each at most. Never throws: every failure is a problem.
 *
 * @example await probeMachine(liveSource(), { gpus: GPUS })
 */
export async function probeMachine(source: ProbeSource, options: ProbeOptions = {}): Promise<Machine> {
  const report = await probePlatform(source)
  const visible = report.gpus.filter((facts) => !facts.hidden)
  const gpus = visible.map((facts, index) => {
    const gpu = toGpu(facts, report.memory, index)
    const id = options.gpus === undefined ? null : identifyGpu(gpu, options.gpus, facts.cores)
    return id === null ? gpu : { ...gpu, catalog_id: id }
  })
  const problems = [...report.problems, ...findMissingNumbers(visible, gpus, report)]
  const unique = new Map(problems.map((problem) => [`${problem.probe} ${problem.kind}`, problem]))
  return {
    platform: source.platform,
    arch: source.arch,
    ram: report.memory.ram,
    gpus,
    problems: [...unique.values()],
  }
}

async function probePlatform(source: ProbeSource): Promise<PlatformReport> {
  if (source.platform === 'darwin') {
    const { gpus, problems, ram } = await probeApple(source)
    return { gpus, problems, memory: systemMemory(ram, null), nvidiaMissing: true }
  }
  if (source.platform === 'win32') return probeWindowsMachine(source)
  const { ram, limit_bytes: limit } = readLinuxRam(source)
  return { ...(await probeLinux(source)), memory: systemMemory(ram, limit) }
}

async function probeWindowsMachine(source: ProbeSource): Promise<PlatformReport> {
  const [nvidia, windows, intel] = await Promise.all([
    probeNvidiaSmi(source),
    probeWindows(source),
    probeXpuSmi(source),
  ])
  const adapters = windows.gpus.map((facts) => withoutWeakSize(facts, nvidia))
  return {
    gpus: mergeFacts([...nvidia.gpus, ...intel.gpus], adapters),
    problems: [...nvidia.problems, ...windows.problems, ...intel.problems],
    memory: systemMemory(source.memory, null),
    nvidiaMissing: nvidia.missing,
  }
}

/** Beside nvidia-smi's own numbers, the 32 bits of AdapterRAM could only make one card look like two. */
function withoutWeakSize(facts: GpuFacts, nvidia: NvidiaReport): GpuFacts {
  const weak = facts.vendor === 'nvidia' && facts.source === 'windows.video_controllers'
  return weak && nvidia.gpus.length > 0 ? { ...facts, total_bytes: null } : facts
}

function systemMemory(ram: Machine['ram'], limit: number | null): SystemMemory {
  const total = believable(ram.total_bytes, MAX_RAM_BYTES)
  const available = believable(ram.available_bytes, total ?? MAX_RAM_BYTES)
  return { ram: { total_bytes: total || null, available_bytes: available }, limit_bytes: limit }
}

function believable(bytes: number | null, most: number): number | null {
  return bytes !== null && Number.isSafeInteger(bytes) && bytes >= 0 && bytes <= most ? bytes : null
}
