import { spawn, type ChildProcess } from 'node:child_process'
import type { Readable } from 'node:stream'
import { forgetChild, killTree, trackChild } from './live-children.js'

/** What a command answered. Exactly one of `exit_code`, `timed_out`, `not_found` says how it ended. */
export interface CommandResult {
  /** `null` where the command was killed or never started. */
  exit_code: number | null
  stdout: string
  stderr: string
  timed_out: boolean
  not_found: boolean
}

export interface CommandLimits {
  /** Milliseconds until the command and all its children are killed. Default 5,000. */
  timeout_ms?: number
  /** Bytes kept of each output; a command that prints more is killed. Default 4 MiB. */
  max_output_bytes?: number
}

/** A healthy nvidia-smi needs up to 3 s on a machine with eight cards whose driver first has to load. */
export const DEFAULT_TIMEOUT_MS = 5_000
/** The largest real answer seen is 75 KB for one card (`nvidia-smi -q -x`), so this is room for 50 of them. */
export const DEFAULT_MAX_OUTPUT_BYTES = 4 * 1024 ** 2

const EXIT_CANNOT_EXECUTE = 126

/**
 * Runs a program from an argument array, without a shell, and waits for it.
 *
 * Never throws and never rejects: a missing program is `not_found`, one that hangs is `timed_out` (and its
 * whole process tree is killed). stdin is closed, and the locale is C so that messages are English.
 *
 * @example (await runCommand(['echo', 'hi'])).stdout // 'hi\n'
 */
export function runCommand(argv: readonly string[], limits: CommandLimits = {}): Promise<CommandResult> {
  const [program, ...args] = argv
  if (program === undefined || argv.some((part) => part.includes('\0')))
    return Promise.resolve(notStarted(true))
  return new Promise((resolve) => {
    let child: ChildProcess
    try {
      child = spawn(program, args, {
        stdio: ['ignore', 'pipe', 'pipe'],
        // A group of its own, so that a killed wrapper script takes the hung program behind it along.
        detached: process.platform !== 'win32',
        windowsHide: true,
        env: { ...process.env, LC_ALL: 'C', LANG: 'C' },
      })
    } catch (error) {
      return resolve(startError(error))
    }
    watch(child, limits, resolve)
  })
}

function watch(child: ChildProcess, limits: CommandLimits, resolve: (result: CommandResult) => void): void {
  const limit = limits.max_output_bytes ?? DEFAULT_MAX_OUTPUT_BYTES
  let settled = false
  const finish = (result: Omit<CommandResult, 'stdout' | 'stderr'> & { stderr?: string }): void => {
    if (settled) return
    settled = true
    clearTimeout(timer)
    forgetChild(child)
    // A grandchild that escaped the kill may hold the pipes open: they must not keep us alive.
    child.stdout?.destroy()
    child.stderr?.destroy()
    child.unref()
    resolve({ ...result, stdout: stdout.text(), stderr: result.stderr ?? stderr.text() })
  }
  const stop = (timedOut: boolean): void => {
    killTree(child)
    finish({ exit_code: null, timed_out: timedOut, not_found: false })
  }
  const stdout = collect(child.stdout, limit, () => stop(false))
  const stderr = collect(child.stderr, limit, () => stop(false))
  const timer = setTimeout(() => stop(true), limits.timeout_ms ?? DEFAULT_TIMEOUT_MS)
  trackChild(child)
  child.on('error', (error) => finish(startError(error)))
  child.on('close', (code) => finish({ exit_code: code, timed_out: false, not_found: false }))
}

function collect(stream: Readable | null, limit: number, onFull: () => void): { text: () => string } {
  const chunks: Buffer[] = []
  let bytes = 0
  stream?.on('error', () => undefined)
  stream?.on('data', (chunk: Buffer) => {
    chunks.push(chunk.subarray(0, Math.max(0, limit - bytes)))
    bytes += chunk.length
    if (bytes > limit) onFull()
  })
  return { text: () => Buffer.concat(chunks).toString('utf8') }
}

function startError(error: unknown): CommandResult {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOENT') return notStarted(true)
  const message = error instanceof Error ? error.message : String(error)
  return { ...notStarted(false), exit_code: EXIT_CANNOT_EXECUTE, stderr: message }
}

function notStarted(notFound: boolean): CommandResult {
  return { exit_code: null, stdout: '', stderr: '', timed_out: false, not_found: notFound }
}
