import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findExecutable } from '../../src/process/find-executable.js'
import { runCommand } from '../../src/process/run-command.js'

let directory = ''
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'run-command-'))
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

const node = (code: string): string[] => [process.execPath, '-e', code]

describe('runCommand', () => {
  it('returns both outputs and the exit code', async () => {
    const result = await runCommand(node('console.log("out"); console.error("err"); process.exit(3)'))
    expect(result).toEqual({
      exit_code: 3,
      stdout: 'out\n',
      stderr: 'err\n',
      timed_out: false,
      not_found: false,
    })
  })

  it('says that a missing program was not found', async () => {
    expect(await runCommand(['no-such-program-at-all', '-x'])).toMatchObject({
      not_found: true,
      exit_code: null,
    })
    expect(await runCommand([])).toMatchObject({ not_found: true })
    expect(await runCommand(['a\0b'])).toMatchObject({ not_found: true })
  })

  it('says that a file which is no program cannot be run, without throwing', async () => {
    const file = join(directory, 'tool')
    writeFileSync(file, 'text', { mode: 0o600 })
    expect(await runCommand([file])).toMatchObject({ exit_code: 126, timed_out: false, not_found: false })
  })

  it('passes arguments as they are: no shell reads them', async () => {
    const text = '$(touch x); `id` "q" \'s\' * | > y'
    const result = await runCommand([...node('process.stdout.write(process.argv[1])'), text])
    expect(result.stdout).toBe(text)
  })

  it('kills a program that hangs, keeps what it printed, and takes its children along', async () => {
    const pidFile = join(directory, 'pid')
    const child = `require("fs").writeFileSync(${JSON.stringify(pidFile)}, String(process.pid)); setInterval(()=>{},1000)`
    const parent = `process.stdout.write("early\\n");
      require("child_process").spawn(process.execPath, ["-e", ${JSON.stringify(child)}], { stdio: "inherit" });
      setInterval(() => {}, 1000)`
    const result = await runCommand(node(parent), { timeout_ms: 1500 })
    expect(result).toMatchObject({ timed_out: true, exit_code: null, stdout: 'early\n' })
    const pid = Number(readFileSync(pidFile, 'utf8'))
    await expect.poll(() => isAlive(pid), { timeout: 5000 }).toBe(false)
  })

  it('stops a program that prints without end', async () => {
    const result = await runCommand(node('for (;;) require("fs").writeSync(1, "x".repeat(65536))'), {
      max_output_bytes: 100_000,
    })
    expect(result.stdout.length).toBe(100_000)
    expect(result).toMatchObject({ exit_code: null, timed_out: false })
  })

  it('closes stdin, so that a program which asks does not wait', async () => {
    const result = await runCommand(node('process.stdin.on("end", () => process.exit(7)).resume()'))
    expect(result.exit_code).toBe(7)
  })
})

describe('findExecutable', () => {
  it.skipIf(process.platform === 'win32')('looks on the PATH, then in the extra directories', () => {
    const file = join(directory, 'some-tool')
    writeFileSync(file, '#!/bin/sh\n', { mode: 0o755 })
    expect(findExecutable('some-tool')).toBeNull()
    expect(findExecutable('some-tool', [directory])).toBe(file)
    expect(findExecutable('some-tool', ['relative'])).toBeNull()
    expect(findExecutable(file)).toBe(file)
  })

  it.skipIf(process.platform === 'win32')('passes over directories and files that cannot be run', () => {
    writeFileSync(join(directory, 'plain'), '', { mode: 0o644 })
    expect(findExecutable('plain', [directory])).toBeNull()
    expect(findExecutable('.', [directory])).toBeNull()
  })
})

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    // A killed child of a killed parent stays in the table as a zombie until init collects it.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}
