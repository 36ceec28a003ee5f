import { describe, expect, it } from 'vitest'
import { parseNvidiaQuery } from '../../src/hardware/nvidia/parse-nvidia-query.js'
import { gpuInstancesOf, parseNvidiaList } from '../../src/hardware/nvidia/parse-nvidia-list.js'
import { parseNvidiaXml } from '../../src/hardware/nvidia/parse-nvidia-xml.js'
import { drmCard, machineOf } from './machine-of.js'

const MIB = 1024 ** 2

describe('parseNvidiaQuery', () => {
  it('reads MiB as they are', () => {
    const [row] = parseNvidiaQuery('NVIDIA GeForce RTX 4090, 24564, 23028, 1090, 3\n')
    expect(row?.facts).toMatchObject({
      total_bytes: 25_757_220_864,
      free_bytes: 24_146_608_128,
      utilization_percent: 3,
    })
  })

  it.each([
    ['a name with commas', 'Card, Model X, Rev 2, 8192, 8000, 100, 5', 'Card, Model X, Rev 2', 8000, 5],
    ['no spaces', 'Card,8192,8000,100,5', 'Card', 8000, 5],
    ['units', 'Card, 8192 MiB, 8000 MiB, 100 MiB, 5 %', 'Card', 8000, 5],
    ['CRLF', 'Card, 8192, 8000, 100, 5\r\n', 'Card', 8000, 5],
    ['a comma as decimal sign', 'Card, 8192, 8000, 100, 5,5', 'Card', 8000, 5.5],
    ['unknown in another language', 'Card, 8192, 8000, 100, [Nicht unterstützt]', 'Card', 8000, null],
    [
      'a header, a warning and blank lines',
      'name, memory.total [MiB], memory.free [MiB], memory.used [MiB], utilization.gpu [%]\nWARNING: infoROM is corrupted at gpu 0000:3B:00.0\n\nCard, 8192, 8000, 100, 5',
      'Card',
      8000,
      5,
    ],
  ])('understands %s', (_what, text, name, free, load) => {
    const rows = parseNvidiaQuery(text)
    expect(rows).toHaveLength(1)
    expect(rows[0]?.facts).toMatchObject({ name, free_bytes: free * MIB, utilization_percent: load })
  })

  it.each([
    ['N/A', 'Card, [N/A], N/A, [Not Supported], ERR!', null, null, false],
    ['a total of 0', 'Card, 0, 0, 0, 0', null, null, false],
    ['a negative number', 'Card, -1, 10, 10, 0', null, null, true],
    ['nothing free and nothing used', 'Card, 8192, 0, 0, 0', 8192 * MIB, null, true],
    ['more free than there is', 'Card, 8192, 9000, 10, 0', 8192 * MIB, null, true],
    ['a load of 255 %', 'Card, 8192, 8000, 10, 255', 8192 * MIB, 8000 * MIB, true],
  ])('does not believe %s', (_what, text, total, free, absurd) => {
    const [row] = parseNvidiaQuery(text)
    expect(row?.facts).toMatchObject({ total_bytes: total, free_bytes: free })
    expect(row?.absurd).toBe(absurd)
  })

  it.each(['', 'No devices were found', 'Unable to talk, again, and again, and again, to the card', 'a,b'])(
    'makes no card of %j',
    (text) => expect(parseNvidiaQuery(text)).toEqual([]),
  )
})

describe('parseNvidiaList', () => {
  const text =
    'GPU 0: NVIDIA X (UUID: GPU-0)\n  MIG 1c.3g.40gb  Device  0: (UUID: MIG-0)\n' +
    '  MIG 2c.3g.40gb  Device  1: (UUID: MIG-1)\n  MIG 1c.3g.40gb  Device  2: (UUID: MIG-2)\n'

  it('reads cards and profiles', () => {
    expect(parseNvidiaList('GPU 0: NVIDIA H200 (UUID: x)\n  MIG 2g.35gb  Device  0: (UUID: y)\n')).toEqual([
      { number: 0, name: 'NVIDIA H200', migProfiles: new Map([[0, '2g.35gb']]) },
    ])
  })

  it('counts GPU instances, not the compute instances that share one', () => {
    expect(parseNvidiaList(text).flatMap(gpuInstancesOf)).toEqual(['3g.40gb', '3g.40gb'])
  })
})

const XML = `Warning: persistence mode is off
<?xml version="1.0" ?>
<nvidia_smi_log>
  <gpu id="00000000:2D:00.0">
    <product_name>NVIDIA X100</product_name>
    <mig_mode><current_mig>Enabled</current_mig></mig_mode>
    <mig_devices>
      <mig_device><index>0</index><gpu_instance_id>1</gpu_instance_id>
        <fb_memory_usage><total>9856 MiB</total><used>12 MiB</used><free>9844 MiB</free></fb_memory_usage></mig_device>
      <mig_device><index>1</index><gpu_instance_id>1</gpu_instance_id>
        <fb_memory_usage><total>9856 MiB</total><used>12 MiB</used><free>9844 MiB</free></fb_memory_usage></mig_device>
    </mig_devices>
    <pci><pci_device_id>248710DE</pci_device_id></pci>
    <fb_memory_usage><total>40960 MiB</total><used>30 MiB</used><free>40000 MiB</free></fb_memory_usage>
    <utilization><gpu_util>N/A</gpu_util></utilization>
  </gpu>
</nvidia_smi_log>`

describe('parseNvidiaXml', () => {
  it('tells the memory of a card from that of its instances', () => {
    const [card] = parseNvidiaXml(XML)
    expect(card?.facts).toMatchObject({ total_bytes: 40960 * MIB, slot: '0000:2d:00.0', device_id: '2487' })
    expect(card?.instances.map((instance) => instance.facts.free_bytes)).toEqual([9844 * MIB])
  })

  it('keeps what is there of an answer that was cut off', () => {
    expect(parseNvidiaXml(XML.slice(0, 700))).toHaveLength(1)
    expect(parseNvidiaXml('<gpu><gpu><gpu>')).toHaveLength(1)
  })
})

describe('an NVIDIA machine', () => {
  it('lists MIG instances in place of their card, whatever else shows the card', async () => {
    const machine = await machineOf({
      commands: {
        'nvidia.query': 'NVIDIA X100, 40960, 40000, 30, [N/A]',
        'nvidia.list': 'GPU 0: NVIDIA X100 (UUID: GPU-0)\n  MIG 1g.10gb  Device  0: (UUID: MIG-0)\n',
        'nvidia.xml': XML,
      },
      files: drmCard('card0', '10de:2487', '0000:2d:00.0'),
    })
    expect(machine.gpus).toHaveLength(1)
    expect(machine.gpus[0]).toMatchObject({
      name: 'NVIDIA X100 MIG 1g.10gb',
      mig_parent: 0,
      total_bytes: 9856 * MIB,
    })
  })

  it('lists a card of a driver that fails, and says why it has no numbers', async () => {
    const machine = await machineOf({
      commands: { 'nvidia.query': { exit_code: 18, stdout: 'Etwas ging schief\n' } },
      files: { '/proc/driver/nvidia/gpus/0000:01:00.0/information': 'Model: \t\t NVIDIA X\nIRQ: 1\n' },
    })
    expect(machine.gpus).toMatchObject([{ name: 'NVIDIA X', total_bytes: null, free_bytes: null }])
    expect(machine.problems).toMatchObject([{ probe: 'nvidia.query', kind: 'driver_mismatch' }])
  })

  it.each([
    ['GB10', 'NVIDIA GB10', true],
    ['Thor', 'NVIDIA Thor', true],
    ['Orin', 'Orin (nvgpu)', true],
    ['N1X', 'NVIDIA N1X', true],
    ['GH200', 'NVIDIA GH200 480GB', false],
    ['GB200', 'NVIDIA GB200', false],
  ])('knows whether %s shares the memory of the system', async (_part, name, unified) => {
    const { gpus, ram } = await machineOf({ commands: { 'nvidia.query': `${name}, [N/A], [N/A], [N/A], 7` } })
    expect(gpus[0]?.unified).toBe(unified)
    expect(gpus[0]?.total_bytes).toBe(unified ? ram.total_bytes : null)
    expect(gpus[0]?.used_bytes).toBeNull()
  })

  it('reports a card under nouveau, and the missing tool', async () => {
    const machine = await machineOf({
      files: drmCard('card1', '10de:1234', '0000:01:00.0', {
        uevent: 'DRIVER=nouveau\nPCI_SLOT_NAME=0000:01:00.0',
      }),
    })
    expect(machine.gpus).toMatchObject([
      { vendor: 'nvidia', name: 'NVIDIA GPU [10de:1234]', total_bytes: null },
    ])
    expect(machine.problems).toMatchObject([
      { kind: 'not_found', message: expect.stringContaining('nouveau') },
    ])
  })

  it('lists a card that the query left out, under its own number', async () => {
    const machine = await machineOf({
      commands: {
        'nvidia.query': 'NVIDIA A, 100, 90, 1, 0\nNVIDIA C, 300, 290, 1, 0\n',
        'nvidia.list': 'GPU 0: NVIDIA A (UUID: x)\nGPU 1: NVIDIA B (UUID: y)\nGPU 2: NVIDIA C (UUID: z)\n',
      },
    })
    expect(machine.gpus.map((gpu) => [gpu.name, gpu.total_bytes])).toEqual([
      ['NVIDIA A', 100 * MIB],
      ['NVIDIA B', null],
      ['NVIDIA C', 300 * MIB],
    ])
    expect(machine.problems).toHaveLength(1)
  })

  it.each([
    ['Failed to initialize NVML: Unknown Error', 255, 'permission_denied'],
    ['Unable to determine the device handle for GPU 0000:01:00.0: GPU is lost.', 15, 'gpu_lost'],
    ['Échec', 9, 'no_driver'],
    ['bash: nvidia-smi: command not found', 127, 'not_found'],
    ['', 139, 'bad_output'],
  ])('says what %j means', async (stdout, exit_code, kind) => {
    const { gpus, problems } = await machineOf({ commands: { 'nvidia.query': { stdout, exit_code } } })
    expect(gpus).toEqual([])
    expect(problems).toMatchObject([{ probe: 'nvidia.query', kind }])
    expect(problems[0]?.hint).not.toBe('')
  })

  it('asks a tool that hangs no third time', async () => {
    const machine = await machineOf({
      commands: {
        'nvidia.query': { exit_code: null, timed_out: true },
        'nvidia.list': { exit_code: null, timed_out: true },
        'nvidia.xml': XML,
      },
    })
    expect(machine.gpus).toEqual([])
    expect(machine.problems).toMatchObject([{ probe: 'nvidia.query', kind: 'timed_out' }])
  })

  it('keeps two equal cards apart, and joins each to what the kernel knows of it', async () => {
    const machine = await machineOf({
      commands: { 'nvidia.query': 'NVIDIA X, 100, 90, 1, 0\nNVIDIA X, 100, 10, 80, 0\n' },
      files: { ...drmCard('card0', '10de:1', '0000:01:00.0'), ...drmCard('card1', '10de:1', '0000:02:00.0') },
    })
    expect(machine.gpus.map((gpu) => gpu.free_bytes)).toEqual([90 * MIB, 10 * MIB])
  })
})
