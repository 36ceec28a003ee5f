import { probeMachine } from '../../src/hardware/probe-machine.js'
import type { Recording, RecordedCommand } from '../../src/hardware/recording.js'
import { replaySource } from '../../src/hardware/replay-source.js'
import type { Machine } from '../../src/machine.js'

export interface Parts {
  platform?: string
  memory?: Recording['memory']
  /** By probe: what it prints, or the whole answer. */
  commands?: Record<string, string | Partial<RecordedCommand>>
  files?: Record<string, string>
}

/** A recording of the parts that a test cares about. */
export function recordingOf(parts: Parts): Recording {
  return {
    format: 'llm-almanac-probes/1',
    platform: parts.platform ?? 'linux',
    arch: 'x64',
    memory: parts.memory ?? { total_bytes: 64_000_000_000, available_bytes: 50_000_000_000 },
    commands: Object.entries(parts.commands ?? {}).map(([probe, answer]) => ({
      probe,
      argv: [],
      exit_code: 0,
      stdout: typeof answer === 'string' ? answer : '',
      stderr: '',
      ...(typeof answer === 'string' ? {} : answer),
    })),
    files: parts.files ?? {},
  }
}

export function machineOf(parts: Parts): Promise<Machine> {
  return probeMachine(replaySource(recordingOf(parts)))
}

/** Files of one card under /sys/class/drm. */
export function drmCard(card: string, ids: string, slot: string, files: Record<string, string> = {}) {
  const [vendor = '', device = ''] = ids.split(':')
  const path = `/sys/class/drm/${card}/device`
  return Object.fromEntries(
    Object.entries({
      class: '0x030000\n',
      vendor: `0x${vendor}\n`,
      device: `0x${device}\n`,
      uevent: `DRIVER=driver\nPCI_SLOT_NAME=${slot}\n`,
      ...files,
    }).map(([name, text]) => [`${path}/${name}`, text]),
  )
}
