import { describe, expect, it } from 'vitest'
import { gfxName, isAmdApu } from '../../src/hardware/amd/amd-apu.js'
import { parseAmdSmi } from '../../src/hardware/amd/parse-amd-smi.js'
import { drmCard, machineOf } from './machine-of.js'

const MIB = 1024 ** 2
const GIB = 1024 ** 3

const sysfs = (total: number, used: number, gtt = 0) => ({
  mem_info_vram_total: `${total}\n`,
  mem_info_vram_used: `${used}\n`,
  gpu_busy_percent: '7\n',
  ...(gtt === 0 ? {} : { mem_info_gtt_total: `${gtt}\n`, mem_info_gtt_used: '0\n' }),
})

describe('parseAmdSmi', () => {
  it.each([
    ['value and unit', [{ gpu: 0, vram: { size: { value: 16368, unit: 'MB' } } }]],
    ['a text with its unit', [{ gpu: 0, vram: { size: '16368 MB' } }]],
    ['a bare number under an older key', [{ gpu: 0, vram: { vram_size_mb: 16368 } }]],
    ['an envelope', { gpu_data: [{ gpu: 0, vram: { size: { value: 16368, unit: 'MB' } } }] }],
    [
      'processors beside the GPUs',
      { cpu_data: [{ cpu: 0 }], gpu_data: [{ gpu: 0, vram: { size: '16368 MB' } }] },
    ],
  ])('reads %s as MiB', (_what, json) => {
    expect(parseAmdSmi(json, undefined).map((card) => card.facts.total_bytes)).toEqual([16368 * MIB])
  })

  it('joins both answers by the number of the card', () => {
    const metric = [
      {
        gpu: 1,
        mem_usage: { total_vram: { value: 8176, unit: 'MB' }, used_vram: { value: 176, unit: 'MB' } },
      },
    ]
    const [card] = parseAmdSmi([{ gpu: 1, asic: { market_name: 'Radeon X' } }], metric)
    expect(card?.facts).toMatchObject({ name: 'Radeon X', total_bytes: 8176 * MIB, free_bytes: 8000 * MIB })
  })

  it.each([[null], ['N/A'], [{ gpu_data: 'N/A' }], [[null, 3, { gpu: 0, vram: 'N/A', asic: null }]]])(
    'makes no number of %j',
    (json) => {
      expect(parseAmdSmi(json, json).every((card) => card.facts.total_bytes === null)).toBe(true)
    },
  )
})

describe('isAmdApu', () => {
  const facts = { gfx: null, device_id: null, name: null, source: 'amd.sysfs' }
  it.each([
    [{ device_id: '1586' }, true],
    [{ device_id: '744c' }, false],
    [{ gfx: 'gfx1103' }, true],
    [{ gfx: 'gfx1100', name: 'AMD Radeon 780M' }, false],
    [{ name: 'AMD Radeon 890M Graphics' }, true],
    [{ name: 'AMD Radeon(TM) 8060S Graphics' }, true],
    [{ name: 'AMD Radeon RX 6700M' }, false],
    [{ name: 'AMD Radeon RX 7600S' }, false],
    [{ name: 'AMD Radeon Graphics' }, false],
    [{ name: 'AMD Radeon(TM) Graphics', source: 'windows.video_controllers' }, true],
  ])('%j: %s', (known, expected) => expect(isAmdApu({ ...facts, ...known })).toBe(expected))

  it.each([
    [110501, 'gfx1151'],
    [90012, 'gfx90c'],
    [0, null],
  ])('reads target version %d as %s', (version, name) => expect(gfxName(version)).toBe(name))
})

describe('an AMD machine', () => {
  it('counts one card once, although four probes see it', async () => {
    const machine = await machineOf({
      commands: {
        'amd.smi_static':
          '{"gpu_data":[{"gpu":0,"asic":{"market_name":"AMD Radeon X","device_id":"0x747e"},"vram":{"size":{"value":16368,"unit":"MB"}}}]}',
        'amd.rocm_smi':
          'WARNING: low power\n{"card0":{"VRAM Total Memory (B)":"17163091968","Card Series":"Navi 32","Card Model":"0x747e"}}',
        'pci.list':
          '0000:03:00.0 VGA compatible controller [0300]: Advanced Micro Devices, Inc. [AMD/ATI] Navi 32 [Radeon X] [1002:747e]',
      },
      files: drmCard('card1', '1002:747e', '0000:03:00.0', sysfs(17163091968, 1000, 16 * GIB)),
    })
    expect(machine.gpus).toMatchObject([
      {
        name: 'AMD Radeon X',
        free_bytes: 17163090968,
        budget_bytes: 17163091968,
        unified: false,
        source: 'amd.sysfs',
      },
    ])
  })

  it('adds GTT to the carve-out of an APU, within what a container allows', async () => {
    const files = drmCard('card0', '1002:1586', '0000:c3:00.0', sysfs(4 * GIB, GIB, 96 * GIB))
    const memory = { total_bytes: 124 * GIB, available_bytes: 100 * GIB }
    const free = await machineOf({ memory, files })
    expect(free.gpus[0]).toMatchObject({ unified: true, budget_bytes: 100 * GIB, free_bytes: 99 * GIB })
    const limited = await machineOf({
      memory,
      files: { ...files, '/sys/fs/cgroup/memory.max': String(8 * GIB) },
    })
    expect(limited.gpus[0]).toMatchObject({ budget_bytes: 8 * GIB })
    expect(limited.ram.total_bytes).toBe(8 * GIB)
  })

  it('tells a card and an APU of one name apart', async () => {
    const { gpus } = await machineOf({
      files: {
        ...drmCard('card0', '1002:1638', '0000:09:00.0', sysfs(512 * MIB, 1, 8 * GIB)),
        ...drmCard('card1', '1002:66a1', '0000:03:00.0', sysfs(16 * GIB, 1, 8 * GIB)),
      },
    })
    expect(gpus.map((gpu) => [gpu.unified, gpu.budget_bytes])).toEqual([
      [true, 8.5 * GIB],
      [false, 16 * GIB],
    ])
  })

  it.each([
    ['ERROR: ROCk module is NOT loaded, possibly no GPU devices', 'no_driver'],
    ['PermissionError: /dev/kfd', 'permission_denied'],
    ['Traceback (most recent call last)', 'bad_output'],
  ])('says what %j means', async (stdout, kind) => {
    const { gpus, problems } = await machineOf({ commands: { 'amd.rocm_smi': { stdout, exit_code: 1 } } })
    expect(gpus).toEqual([])
    expect(problems).toMatchObject([{ probe: 'amd.rocm_smi', kind }])
  })

  it('does not read what would wake a sleeping card', async () => {
    const { gpus, problems } = await machineOf({
      files: drmCard('card1', '1002:7480', '0000:03:00.0', {
        ...sysfs(8 * GIB, 0),
        'power/runtime_status': 'suspended\n',
      }),
    })
    expect(gpus).toMatchObject([{ vendor: 'amd', total_bytes: null, free_bytes: null }])
    expect(problems).toMatchObject([
      { kind: 'unsupported', message: expect.stringContaining('powered down') },
    ])
  })
})
