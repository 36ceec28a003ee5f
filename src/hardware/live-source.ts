import { closeSync, openSync, readdirSync, readSync } from 'node:fs'
import { freemem, totalmem } from 'node:os'
import { join } from 'node:path'
import { findExecutable } from '../process/find-executable.js'
import { runCommand, type CommandResult } from '../process/run-command.js'
import type { ProbeSource } from './probe-source.js'

/** Files of /proc and /sys are a page or two; memory.stat and meminfo are the largest, below 4 KiB. */
const MAX_FILE_BYTES = 64 * 1024
const MAX_ENTRIES = 1_000

/** This machine. A tool that hung once is not asked again: it answers `timed_out` at once. */
export function liveSource(): ProbeSource {
  const hung = new Set<string>()
  return {
    platform: process.platform,
    arch: process.arch,
    wakesCards: true,
    memory: { total_bytes: totalmem(), available_bytes: freemem() },
    async run(_probe, argv, limits) {
      const tool = argv[0] ?? ''
      if (hung.has(tool)) return { ...NOT_FOUND, not_found: false, timed_out: true }
      const path = findExecutable(tool, toolDirectories(tool))
      if (path === null) return NOT_FOUND
      const result = await runCommand([path, ...argv.slice(1)], limits)
      if (result.timed_out) hung.add(tool)
      return result
    },
    readFile: readSmallFile,
    listDirectory: listNames,
  }
}

const NOT_FOUND: CommandResult = {
  exit_code: null,
  stdout: '',
  stderr: '',
  timed_out: false,
  not_found: true,
}

/** Where drivers put their tools when they do not put them on the PATH. */
function toolDirectories(tool: string): string[] {
  if (process.platform === 'win32') {
    const system = join(process.env['SystemRoot'] ?? 'C:\\Windows', 'System32')
    const programs = process.env['ProgramFiles'] ?? 'C:\\Program Files'
    return [system, join(system, 'WindowsPowerShell', 'v1.0'), join(programs, 'NVIDIA Corporation', 'NVSMI')]
  }
  const common = ['/usr/bin', '/usr/sbin', '/bin', '/sbin', '/usr/local/bin']
  if (tool === 'nvidia-smi') return [...common, '/usr/lib/wsl/lib', '/usr/local/nvidia/bin', '/opt/bin']
  if (tool === 'amd-smi' || tool === 'rocm-smi') return [...common, '/opt/rocm/bin', ...versionedRocm()]
  return common
}

function versionedRocm(): string[] {
  const versions = listNames('/opt').filter((name) => /^rocm-\d/.test(name))
  return versions.reverse().map((name) => `/opt/${name}/bin`)
}

function readSmallFile(path: string): string | null {
  let file: number | undefined
  try {
    file = openSync(path, 'r')
    const buffer = Buffer.alloc(MAX_FILE_BYTES)
    let length = 0
    for (;;) {
      const read = readSync(file, buffer, length, buffer.length - length, null)
      length += read
      if (read === 0 || length === buffer.length) return buffer.toString('utf8', 0, length)
    }
  } catch {
    return null
  } finally {
    if (file !== undefined) closeSync(file)
  }
}

function listNames(path: string): string[] {
  try {
    return readdirSync(path).sort().slice(0, MAX_ENTRIES)
  } catch {
    return []
  }
}
