import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { GIB } from '../../src/units.js'

export interface Recorded {
  platform?: 'linux' | 'darwin'
  arch?: string
  total_bytes: number
  available_bytes: number
  /** What `nvidia-smi` prints, or its exit code and message. */
  nvidia?: string | { exit_code: number; stdout: string }
  commands?: object[]
  files?: Record<string, string>
}

const APPLE = JSON.stringify({
  SPDisplaysDataType: [
    {
      _name: 'Apple M3 Max',
      spdisplays_vendor: 'sppci_vendor_Apple',
      sppci_device_type: 'spdisplays_gpu',
      sppci_model: 'Apple M3 Max',
    },
  ],
})

/** Machines as probes see them; all figures invented. */
export const RECORDED = {
  'one card': {
    total_bytes: 64 * GIB,
    available_bytes: 48 * GIB,
    nvidia: 'NVIDIA GeForce RTX 4090, 24564, 22600, 1964, 3\n',
  },
  'two unequal cards': {
    total_bytes: 128 * GIB,
    available_bytes: 100 * GIB,
    nvidia:
      'NVIDIA GeForce RTX 3090, 24576, 23654, 922, 0\nNVIDIA GeForce RTX 4060 Ti, 16380, 14540, 1840, 2\n',
  },
  Apple: {
    platform: 'darwin',
    arch: 'arm64',
    total_bytes: 64 * GIB,
    available_bytes: 40 * GIB,
    commands: [
      { probe: 'apple.displays', argv: ['system_profiler'], exit_code: 0, stdout: APPLE, stderr: '' },
      {
        probe: 'apple.sysctl',
        argv: ['sysctl'],
        exit_code: 0,
        stdout: `hw.memsize: ${64 * GIB}\niogpu.wired_limit_mb: 0\n`,
        stderr: '',
      },
    ],
  },
  'no card': { total_bytes: 16 * GIB, available_bytes: 12 * GIB },
  'driver mismatch': {
    total_bytes: 32 * GIB,
    available_bytes: 24 * GIB,
    nvidia: {
      exit_code: 18,
      stdout: 'Failed to initialize NVML: Driver/library version mismatch\nNVML library version: 550.90\n',
    },
  },
  'unknown free memory': {
    total_bytes: 32 * GIB,
    available_bytes: 24 * GIB,
    commands: [
      {
        probe: 'pci.list',
        argv: ['lspci'],
        exit_code: 0,
        stdout:
          '0000:03:00.0 VGA compatible controller [0300]: Intel Corporation DG2 [Arc A770] [8086:56a0] (rev 08)\n',
        stderr: '',
      },
    ],
  },
  'full card': {
    total_bytes: 64 * GIB,
    available_bytes: 48 * GIB,
    nvidia: 'NVIDIA GeForce RTX 4090, 24564, 1100, 23464, 97\n',
  },
} satisfies Record<string, Recorded>

export type RecordedName = keyof typeof RECORDED

/** Path of a file as `--record` writes it. */
export function writeRecording(recorded: Recorded): string {
  const { platform = 'linux', arch = 'x64', total_bytes, available_bytes, nvidia, files = {} } = recorded
  const query =
    nvidia === undefined
      ? []
      : [
          {
            probe: 'nvidia.query',
            argv: ['nvidia-smi'],
            stderr: '',
            ...(typeof nvidia === 'string' ? { exit_code: 0, stdout: nvidia } : nvidia),
          },
        ]
  const path = join(mkdtempSync(join(tmpdir(), 'almanac-machine-')), 'machine.json')
  const memory = { total_bytes, available_bytes }
  const commands = [...query, ...(recorded.commands ?? [])]
  writeFileSync(
    path,
    JSON.stringify({ format: 'llm-almanac-probes/1', platform, arch, memory, commands, files }),
  )
  return path
}
