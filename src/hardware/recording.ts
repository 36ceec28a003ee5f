import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { AlmanacError } from '../errors.js'
import { isRecord } from './json-value.js'

export const RECORDING_FORMAT = 'llm-almanac-probes/1'

export interface RecordedCommand {
  probe: string
  argv: string[]
  exit_code: number | null
  stdout: string
  stderr: string
  timed_out?: boolean
}

/** A machine as its tools and files described it: what `--record` saves and `--replay` reads. */
export interface Recording {
  format: typeof RECORDING_FORMAT
  platform: string
  arch: string
  memory: { total_bytes: number | null; available_bytes: number | null }
  commands: RecordedCommand[]
  files: Record<string, string>
}

/** A machine with 16 cards records about 2 MB. */
const MAX_RECORDING_BYTES = 32 * 1024 ** 2
const MAX_COMMANDS = 1_000
const MAX_FILES = 20_000

/**
 * Reads a recording.
 *
 * @throws {AlmanacError} `FILE_ERROR` when it cannot be read, `BAD_FILE` when it is no recording.
 */
export function readRecordingFile(path: string): Recording {
  let text: string
  try {
    if (statSync(path).size > MAX_RECORDING_BYTES) throw badFile('it is larger than 32 MiB')
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof AlmanacError) throw error
    const why = error instanceof Error ? error.message : String(error)
    throw new AlmanacError('FILE_ERROR', `The recording cannot be read: ${why}`, 'Check the path.')
  }
  return parseRecording(text)
}

/** @throws {AlmanacError} `BAD_FILE` when the text is no recording. */
export function parseRecording(text: string): Recording {
  let value: unknown
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    throw badFile('it is not JSON')
  }
  if (!isRecord(value)) throw badFile('it is not a JSON object')
  if (value['format'] !== RECORDING_FORMAT) throw badFile(`its "format" is not ${RECORDING_FORMAT}`)
  const memory = isRecord(value['memory']) ? value['memory'] : {}
  return {
    format: RECORDING_FORMAT,
    platform: requireText(value['platform'], 'platform'),
    arch: requireText(value['arch'], 'arch'),
    memory: {
      total_bytes: parseMemory(memory['total_bytes']),
      available_bytes: parseMemory(memory['available_bytes']),
    },
    commands: parseCommands(value['commands']),
    files: parseFiles(value['files']),
  }
}

/** @throws {AlmanacError} `FILE_ERROR` when the file cannot be written. */
export function writeRecordingFile(path: string, recording: Recording): void {
  try {
    writeFileSync(path, `${JSON.stringify(recording, null, 2)}\n`)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new AlmanacError('FILE_ERROR', `The recording cannot be written: ${why}`, 'Choose another path.')
  }
}

function parseCommands(value: unknown): RecordedCommand[] {
  if (value === undefined) return []
  if (!Array.isArray(value) || value.length > MAX_COMMANDS) throw badFile('"commands" is not a list')
  return value.map((entry: unknown) => {
    if (!isRecord(entry)) throw badFile('a command is not an object')
    const argv: unknown[] = Array.isArray(entry['argv']) ? entry['argv'] : []
    const code = entry['exit_code']
    return {
      probe: requireText(entry['probe'], 'probe'),
      argv: argv.filter((part) => typeof part === 'string'),
      exit_code: typeof code === 'number' && Number.isInteger(code) ? code : null,
      stdout: typeof entry['stdout'] === 'string' ? entry['stdout'] : '',
      stderr: typeof entry['stderr'] === 'string' ? entry['stderr'] : '',
      ...(entry['timed_out'] === true ? { timed_out: true } : {}),
    }
  })
}

function parseFiles(value: unknown): Record<string, string> {
  if (value === undefined) return {}
  if (!isRecord(value)) throw badFile('"files" is not an object')
  const entries = Object.entries(value)
  if (entries.length > MAX_FILES) throw badFile('it has too many files')
  return Object.fromEntries(
    entries.map(([path, text]) => [path, requireText(text, `files["${path}"]`, true)]),
  )
}

function parseMemory(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null
}

function requireText(value: unknown, field: string, mayBeEmpty = false): string {
  if (typeof value === 'string' && (mayBeEmpty || value !== '')) return value
  throw badFile(`"${field}" is missing or no text`)
}

function badFile(why: string): AlmanacError {
  return new AlmanacError(
    'BAD_FILE',
    `This is no probe recording: ${why}`,
    'Make one with `llm-almanac hardware --record FILE`.',
  )
}
