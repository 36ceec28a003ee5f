import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { AlmanacError } from '../../src/errors.js'
import { probeMachine, readRecording, recordingSource, writeRecording } from '../../src/hardware/index.js'
import { parseRecording } from '../../src/hardware/recording.js'
import { redactFile, redactOutput } from '../../src/hardware/redact.js'
import { replaySource } from '../../src/hardware/replay-source.js'
import { recordingOf } from './machine-of.js'

const directory = mkdtempSync(join(tmpdir(), 'recording-'))
afterAll(() => rmSync(directory, { recursive: true, force: true }))

const SECRETS = [
  'deadbeef-1111-2222-3333-444455556666',
  '1650522003820',
  'secret-trainer',
  'alice',
  '6C2B95A4',
  'PF3XSERIAL',
  'Alice’s TV',
  'tenant-blue',
  '0123456789abcdef0123456789abcdef',
]

const PRIVATE = recordingOf({
  commands: {
    'nvidia.query': 'NVIDIA X, 8192, 8000, 1, 0\n',
    'nvidia.list':
      'GPU 0: NVIDIA X (UUID: GPU-deadbeef-1111-2222-3333-444455556666)\n' +
      '  MIG 1g.5gb Device 0: (UUID: MIG-GPU-deadbeef-1111-2222-3333-444455556666/7/0)\n',
    'nvidia.xml':
      '<nvidia_smi_log><gpu id="00000000:01:00.0"><product_name>NVIDIA X</product_name><serial>1650522003820</serial>' +
      '<uuid>GPU-deadbeef-1111-2222-3333-444455556666</uuid>' +
      '<platformInfo><chassis_serial_number>PF3XSERIAL</chassis_serial_number></platformInfo>' +
      '<processes><process_info><pid>7</pid><process_name>/home/alice/secret-trainer</process_name></process_info></processes>' +
      '<mig_mode><current_mig>Enabled</current_mig></mig_mode><mig_devices><mig_device><gpu_instance_id>1</gpu_instance_id>' +
      '<fb_memory_usage><total>100 MiB</total><used>1 MiB</used><free>99 MiB</free></fb_memory_usage></mig_device></mig_devices>' +
      '</gpu></nvidia_smi_log>',
    'amd.rocm_smi': {
      stdout:
        '{"card0": {"Unique ID": "1650522003820", "Serial Number": "PF3XSERIAL", "VRAM Total Memory (B)": "1000", ' +
        '"GPU use (%)": "3"}, "system": {"PID4711": "secret-trainer, 1, 5, 0, 0"}}',
      stderr: 'cannot read /home/alice/.config/rocm\nserial number: PF3XSERIAL\n',
    },
    'intel.xpu_list':
      '{"device_list":[{"device_id":0,"uuid":"deadbeef-1111-2222-3333-444455556666","serial_number":"PF3XSERIAL","device_name":"Intel Arc A770"}]}',
  },
  files: {
    '/proc/meminfo': 'MemTotal: 1000 kB\nMemAvailable: 600 kB\n',
    '/proc/self/cgroup': '0::/user.slice/tenant-blue.slice/0123456789abcdef0123456789abcdef.scope\n',
    '/sys/fs/cgroup/user.slice/tenant-blue.slice/memory.max': '500000\n',
    '/proc/driver/nvidia/gpus/0000:01:00.0/information':
      'Model: \t NVIDIA X\nGPU UUID: \t GPU-deadbeef-1111-2222-3333-444455556666\n',
  },
})

describe('a recording', () => {
  it('holds nothing private, and replays to the same machine', async () => {
    const recorder = recordingSource(replaySource(PRIVATE))
    const machine = await probeMachine(recorder)
    const path = join(directory, 'machine.json')
    writeRecording(path, recorder)
    const text = readFileSync(path, 'utf8')
    for (const secret of SECRETS) expect(text).not.toContain(secret)
    expect(await probeMachine(readRecording(path))).toEqual(machine)
    expect(machine.ram.total_bytes).toBe(500_000)
    expect(machine.gpus.length).toBeGreaterThanOrEqual(3)
  })

  it('leaves out monitors, whose names are those of people', () => {
    const text = redactOutput(
      'apple.displays',
      '{"SPDisplaysDataType":[{"sppci_model":"Apple M9","spdisplays_ndrvs":[{"_name":"Alice’s TV","_spdisplays_display-serial-number":"PF3XSERIAL"}]}]}',
    )
    expect(JSON.parse(text)).toEqual({ SPDisplaysDataType: [{ sppci_model: 'Apple M9' }] })
  })

  it('numbers the instances of PNP ids, so that two cards stay two', () => {
    const id = (instance: string) => `{"PNPDeviceID":"PCI\\\\VEN_10DE&DEV_2504&REV_A1\\\\${instance}"}`
    const text = redactOutput(
      'windows.video_controllers',
      `[${id('6C2B95A4')},${id('7&2')},${id('6C2B95A4')}]`,
    )
    const ids = JSON.parse(text).map((row: { PNPDeviceID: string }) => row.PNPDeviceID)
    expect(text).not.toContain('6C2B95A4')
    expect(new Set(ids).size).toBe(2)
    expect(ids[0]).toMatch(/^PCI\\VEN_10DE&DEV_2504&REV_A1\\\d+$/)
  })

  it.each([
    ['/home/alice/models/x', '/home/user/models/x'],
    ['C:\\Users\\alice\\x', 'C:\\Users\\user\\x'],
    ['"C:\\\\Users\\\\alice\\\\x"', '"C:\\\\Users\\\\user\\\\x"'],
    ['Linux version 6.1 (alice@buildhost)', 'Linux version 6.1 (redacted)'],
    ['NVIDIA X, 8192, 8000, 1, 0', 'NVIDIA X, 8192, 8000, 1, 0'],
  ])('turns %s into %s', (before, after) => expect(redactFile(before)).toBe(after))

  it('does not name this host or user', () => {
    const text = redactOutput('pci.list', `on ${hostname()} as ${userInfo().username}`)
    for (const name of [hostname(), userInfo().username]) {
      if (name.length > 3 && !/^(?:root|user|admin|localhost)$/.test(name)) expect(text).not.toContain(name)
    }
  })
})

describe('parseRecording', () => {
  it.each([
    ['no JSON', 'x'],
    ['a list', '[]'],
    ['another format', '{"format":"something/1"}'],
    ['no platform', '{"format":"llm-almanac-probes/1","arch":"x64"}'],
    [
      'a command without a probe',
      '{"format":"llm-almanac-probes/1","platform":"linux","arch":"x64","commands":[{}]}',
    ],
    [
      'a file that is no text',
      '{"format":"llm-almanac-probes/1","platform":"linux","arch":"x64","files":{"/a":1}}',
    ],
  ])('refuses %s', (_what, text) => {
    expect(() => parseRecording(text)).toThrow(AlmanacError)
    expect(() => parseRecording(text)).toThrow(/no probe recording/)
  })

  it('says that a file is missing', () => {
    expect(() => readRecording(join(directory, 'none.json'))).toThrow(/cannot be read/)
    writeFileSync(join(directory, 'bad.json'), 'x')
    expect(() => readRecording(join(directory, 'bad.json'))).toThrow(/not JSON/)
    expect(() =>
      writeRecording(join(directory, 'no', 'where.json'), recordingSource(replaySource(PRIVATE))),
    ).toThrow(/cannot be written/)
  })
})

describe('replaySource', () => {
  const source = replaySource(
    recordingOf({
      commands: { a: 'x', b: { timed_out: true, exit_code: 0 } },
      files: { '/d/e/f': '1', '/d/g': '2', '/d/h': '' },
    }),
  )

  it('answers by probe id and knows nothing else', async () => {
    expect(await source.run('a', ['whatever'])).toMatchObject({ stdout: 'x', exit_code: 0, not_found: false })
    expect(await source.run('b', [])).toMatchObject({ timed_out: true, exit_code: null, not_found: false })
    expect(await source.run('c', ['ls'])).toMatchObject({ not_found: true, exit_code: null })
  })

  it('lists recorded paths and reads no real file', () => {
    expect(source.listDirectory('/d')).toEqual(['e', 'g', 'h'])
    expect(source.listDirectory('/d/')).toEqual(['e', 'g', 'h'])
    expect(source.listDirectory('/proc')).toEqual([])
    expect(source.readFile('/d/g')).toBe('2')
    expect(source.readFile('/d/h')).toBe('')
    expect(source.readFile('/proc/meminfo')).toBeNull()
    expect(source.readFile('toString')).toBeNull()
  })
})
