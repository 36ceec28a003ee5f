import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { isRecord } from '../../src/hardware/json-value.js'
import { probeMachine } from '../../src/hardware/probe-machine.js'
import { parseRecording, type Recording } from '../../src/hardware/recording.js'
import { replaySource } from '../../src/hardware/replay-source.js'
import type { Machine } from '../../src/machine.js'
import { drmCard, recordingOf } from './machine-of.js'

/** `FUZZ=200000 npx vitest run test/hardware/fuzz` is the long run. */
const CASES = Number(process.env['FUZZ'] ?? 3_000)
const MOST = 256 * 1024 ** 4

const OWN: Recording[] = [
  recordingOf({
    commands: {
      'nvidia.query': 'NVIDIA X, 8192, 8000, 1, 0\nNVIDIA GB10, [N/A], [N/A], [N/A], 3\n',
      'nvidia.list': 'GPU 0: NVIDIA X (UUID: GPU-0)\n  MIG 1g.5gb  Device  0: (UUID: MIG-0)\n',
      'nvidia.xml':
        '<gpu id="00000000:01:00.0"><product_name>X</product_name><mig_mode><current_mig>Enabled</current_mig></mig_mode>' +
        '<fb_memory_usage><total>8192 MiB</total><used>1 MiB</used><free>8000 MiB</free></fb_memory_usage></gpu>',
      'amd.smi_metric':
        '{"gpu_data":[{"gpu":0,"mem_usage":{"total_vram":{"value":8176,"unit":"MB"},"used_vram":{"value":1,"unit":"MB"}}}]}',
      'amd.rocm_smi':
        '{"card0":{"VRAM Total Memory (B)":"8573157376","VRAM Total Used Memory (B)":"10","GFX Version":"gfx1103","GTT Total Memory (B)":"16000000000","GTT Total Used Memory (B)":"5"}}',
      'intel.xpu_list':
        '{"device_list":[{"device_id":0,"device_name":"Intel Arc A770","memory_physical_size_byte":"16000000000","memory_free_size_byte":"1"}]}',
      'pci.list':
        '0000:03:00.0 VGA compatible controller [0300]: Intel Corporation DG2 [Arc A770] [8086:56a0]',
    },
    files: {
      ...drmCard('card0', '1002:1586', '0000:c3:00.0', {
        mem_info_vram_total: '4294967296',
        mem_info_gtt_total: '9',
        mem_info_gtt_used: '3',
        mem_info_vram_used: '3',
      }),
      '/proc/meminfo': 'MemTotal: 1000000 kB\nMemAvailable: 600000 kB\n',
      '/sys/fs/cgroup/memory.max': '900000000\n',
      '/sys/fs/cgroup/memory.current': '90000\n',
    },
  }),
  recordingOf({
    platform: 'win32',
    commands: {
      'windows.video_controllers':
        '[{"Name":"AMD Radeon X","AdapterRAM":4293918720,"PNPDeviceID":"PCI\\\\VEN_1002&DEV_744C\\\\1"}]',
      'windows.registry_memory':
        '[{"DriverDesc":"AMD Radeon X","HardwareInformation.qwMemorySize":17163091968}]',
    },
  }),
  recordingOf({
    platform: 'darwin',
    commands: {
      'apple.displays':
        '{"SPDisplaysDataType":[{"sppci_model":"Apple M9","sppci_cores":"10"},{"sppci_model":"AMD Radeon","spdisplays_vram":"4 GB"}]}',
      'apple.sysctl': 'hw.memsize: 17179869184\niogpu.wired_limit_mb: 8000\n',
      'apple.vm_stat': '(page size of 16384 bytes)\nPages free: 1000.\nPages inactive: 3000.\n',
    },
  }),
]

const SPICE = [
  '-',
  '0',
  '99999999999999999999',
  '-1',
  '1e308',
  'NaN',
  '[N/A]',
  ',',
  '\n',
  '{',
  '}',
  '[',
  ']',
  '<',
  '>',
  '"',
  'null',
  '\0',
  '\u202f',
  '\uFEFF',
  'é',
  ' MiB',
  '%',
  '\\',
  '<gpu>',
  'ERR!',
]

/** Small, fast, and the same in every run (mulberry32). */
function randomOf(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let value = Math.imul(state ^ (state >>> 15), 1 | state)
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value
    return (((value ^ (value >>> 14)) >>> 0) % 2 ** 31) % below
  }
}

function mutate(text: string, random: (below: number) => number): string {
  let result = text
  for (let step = random(4); step >= 0; step--) {
    const at = random(result.length + 1)
    const length = random(Math.min(40, result.length - at + 1) || 1)
    const kind = random(6)
    if (kind === 0) result = result.slice(0, at)
    else if (kind === 1) result = result.slice(0, at) + result.slice(at + length)
    else if (kind === 2) result = result.slice(0, at) + (SPICE[random(SPICE.length)] ?? '') + result.slice(at)
    else if (kind === 3) result = result.slice(0, at + length) + result.slice(at)
    else if (kind === 4)
      result = result.replace(/\d+/g, (digits) => (random(4) === 0 ? (SPICE[random(6)] ?? '') : digits))
    else result = result.slice(0, at) + (SPICE[random(SPICE.length)] ?? '') + result.slice(at + length)
  }
  return result.slice(0, 200_000)
}

function spoil(recording: Recording, random: (below: number) => number): Recording {
  const spoilt = (text: string) => (random(2) === 0 ? mutate(text, random) : text)
  return {
    ...recording,
    commands: recording.commands.map((command) => ({
      ...command,
      stdout: spoilt(command.stdout),
      exit_code: random(8) === 0 ? random(260) - 2 : command.exit_code,
      ...(random(30) === 0 ? { timed_out: true } : {}),
    })),
    files: Object.fromEntries(Object.entries(recording.files).map(([path, text]) => [path, spoilt(text)])),
  }
}

function nonsense(machine: Machine): string[] {
  const found: string[] = []
  const check = (what: string, value: number | null, most: number) => {
    if (value !== null && !(Number.isSafeInteger(value) && value >= 0 && value <= most))
      found.push(`${what} ${value}`)
  }
  const { ram } = machine
  check('ram', ram.total_bytes, MOST)
  check('available', ram.available_bytes, ram.total_bytes ?? MOST)
  for (const gpu of machine.gpus) {
    check('total', gpu.total_bytes, MOST)
    check('free', gpu.free_bytes, gpu.total_bytes ?? MOST)
    check('used', gpu.used_bytes, gpu.unified ? MOST : (gpu.total_bytes ?? MOST))
    check('budget', gpu.budget_bytes, MOST)
    const load = gpu.utilization_percent
    if (load !== null && !(load >= 0 && load <= 100)) found.push(`load ${load}`)
    if (gpu.total_bytes === 0) found.push('a total of 0')
    if (gpu.name.length > 300 || gpu.name.trim() === '') found.push(`name ${gpu.name.length}`)
  }
  if (machine.gpus.length > 600) found.push('too many cards')
  return found
}

function sharedRecordings(): Recording[] {
  const directory = new URL('../shared/fixtures/hardware/', pathToFileURL(`${process.cwd()}/`))
  if (!existsSync(directory)) return []
  return readdirSync(directory)
    .filter((name) => name.endsWith('.json'))
    .map((name) => {
      const fixture: unknown = JSON.parse(readFileSync(new URL(name, directory), 'utf8'))
      return parseRecording(JSON.stringify(isRecord(fixture) ? fixture['recording'] : null))
    })
}

describe('probeMachine on spoilt answers', () => {
  it(`never fails and never reports nonsense (${CASES} cases)`, { timeout: 3_600_000 }, async () => {
    const recordings = [...OWN, ...OWN, ...sharedRecordings()]
    for (let seed = 1; seed <= CASES; seed++) {
      const recording = recordings[seed % recordings.length]
      if (recording === undefined) continue
      const spoilt = spoil(recording, randomOf(seed))
      const found = nonsense(await probeMachine(replaySource(spoilt)))
      if (found.length > 0) expect({ seed, found, commands: spoilt.commands, files: spoilt.files }).toBeNull()
    }
  })
})
