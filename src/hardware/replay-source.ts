import type { ProbeSource } from './probe-source.js'
import type { Recording } from './recording.js'

/**
 * A recorded machine. A command that was not recorded is `not_found`, a file that was not recorded does not
 * exist, and a directory holds the recorded paths below it: nothing of the real machine shows through.
 */
export function replaySource(recording: Recording): ProbeSource {
  const commands = new Map([...recording.commands].reverse().map((command) => [command.probe, command]))
  const directories = indexDirectories(Object.keys(recording.files))
  return {
    platform: recording.platform,
    arch: recording.arch,
    wakesCards: false,
    memory: recording.memory,
    run(probe) {
      const command = commands.get(probe)
      const timedOut = command?.timed_out === true
      return Promise.resolve({
        exit_code: timedOut ? null : (command?.exit_code ?? null),
        stdout: command?.stdout ?? '',
        stderr: command?.stderr ?? '',
        timed_out: timedOut,
        not_found: command === undefined,
      })
    },
    readFile: (path) => (Object.hasOwn(recording.files, path) ? (recording.files[path] ?? null) : null),
    listDirectory: (path) => [...(directories.get(path.replace(/\/+$/, '')) ?? [])].sort(),
  }
}

function indexDirectories(paths: string[]): Map<string, Set<string>> {
  const directories = new Map<string, Set<string>>()
  for (const path of paths) {
    const parts = path.split('/').slice(0, 32)
    for (let depth = 1; depth < parts.length; depth++) {
      const directory = parts.slice(0, depth).join('/')
      const names = directories.get(directory) ?? new Set()
      names.add(parts[depth] ?? '')
      directories.set(directory, names)
    }
  }
  return directories
}
