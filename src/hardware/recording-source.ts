import type { ProbeSource } from './probe-source.js'
import { RECORDING_FORMAT, type Recording } from './recording.js'
import { redactFile, redactOutput } from './redact.js'

const CGROUP_ROOTS = /^(\/sys\/fs\/cgroup(?:\/memory)?)(\/.+)?(\/[\w.]+)$/
const OWN_CGROUP = '/proc/self/cgroup'

export interface RecordingSource extends ProbeSource {
  /** What was asked so far, as a recording with nothing private in it. */
  recording(): Recording
}

/**
 * Wraps a source and keeps what it answers. A replay of the recording gives the same machine, because it holds exactly what
 * was read; a tool that is not installed is left out, as is a file that is not there.
 */
export function recordingSource(live: ProbeSource): RecordingSource {
  const recording: Recording = {
    format: RECORDING_FORMAT,
    platform: live.platform,
    arch: live.arch,
    memory: live.memory,
    commands: [],
    files: {},
  }
  const groups = new Map<string, string>()
  return {
    platform: live.platform,
    arch: live.arch,
    memory: live.memory,
    wakesCards: live.wakesCards,
    async run(probe, argv, limits) {
      const result = await live.run(probe, argv, limits)
      if (!result.not_found) {
        recording.commands.push({
          probe,
          argv: [...argv],
          exit_code: result.exit_code,
          stdout: redactOutput(probe, result.stdout),
          stderr: redactOutput(probe, result.stderr),
          ...(result.timed_out ? { timed_out: true } : {}),
        })
      }
      return result
    },
    readFile(path) {
      const text = live.readFile(path)
      if (text !== null) {
        const own = path === OWN_CGROUP ? renameOwnGroups(text, groups) : text
        recording.files[renameGroups(path, groups)] = redactFile(own)
      }
      return text
    },
    listDirectory: (path) => live.listDirectory(path),
    recording: () => ({ ...recording, commands: sortCommands(recording.commands) }),
  }
}

/** Probes run in parallel: sorted, two recordings of one machine can be compared. */
function sortCommands(commands: Recording['commands']): Recording['commands'] {
  return [...commands].sort((a, b) => (a.probe < b.probe ? -1 : a.probe > b.probe ? 1 : 0))
}

/** Cgroups are named after users, programs and containers; only how they nest matters. */
function renameGroups(path: string, groups: Map<string, string>): string {
  const match = CGROUP_ROOTS.exec(path)
  if (match === null || match[2] === undefined) return path
  return `${match[1]}${renamePath(match[2], groups)}${match[3]}`
}

function renameOwnGroups(text: string, groups: Map<string, string>): string {
  return text
    .split('\n')
    .map((line) => {
      const match = /^(\d+:[^:]*:)(\/.*)$/.exec(line)
      return match === null ? line : `${match[1]}${renamePath(match[2] ?? '', groups)}`
    })
    .join('\n')
}

function renamePath(path: string, groups: Map<string, string>): string {
  return path
    .split('/')
    .map((part) => {
      if (part === '') return part
      const name = groups.get(part) ?? `group${groups.size + 1}`
      groups.set(part, name)
      return name
    })
    .join('/')
}
