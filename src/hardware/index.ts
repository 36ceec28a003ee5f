import { GPUS } from '../../generated/gpus.js'
import type { Machine } from '../machine.js'
import { probeMachine as probe, type ProbeOptions } from './probe-machine.js'
import type { ProbeSource } from './probe-source.js'
import { readRecordingFile, writeRecordingFile } from './recording.js'
import type { RecordingSource } from './recording-source.js'
import { replaySource } from './replay-source.js'

export { identifyGpu, type GpuTable, type GpuTableRow } from './identify-gpu.js'
export { liveSource } from './live-source.js'
export type { ProbeOptions } from './probe-machine.js'
export type { ProbeSource } from './probe-source.js'
export { parseRecording, type Recording } from './recording.js'
export { recordingSource, type RecordingSource } from './recording-source.js'
export { replaySource } from './replay-source.js'

/**
 * The machine that a source shows, with the catalog's ids of its GPUs (`probe-machine.ts` has the details).
 *
 * @example const machine = await probeMachine(liveSource())
 */
export function probeMachine(source: ProbeSource, options: ProbeOptions = { gpus: GPUS }): Promise<Machine> {
  return probe(source, options)
}

/**
 * A recorded machine, to be probed in place of this one.
 *
 * @throws {AlmanacError} `FILE_ERROR` when the file cannot be read, `BAD_FILE` when it is no recording.
 */
export function readRecording(path: string): ProbeSource {
  return replaySource(readRecordingFile(path))
}

/**
 * Saves what was asked of a recording source.
 *
 * @throws {AlmanacError} `FILE_ERROR` when the file cannot be written.
 */
export function writeRecording(path: string, source: RecordingSource): void {
  writeRecordingFile(path, source.recording())
}
