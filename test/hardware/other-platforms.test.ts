import { describe, expect, it } from 'vitest'
import { estimateWiredLimit, parseVmStat } from '../../src/hardware/apple/probe-apple.js'
import { parseAdapterRam } from '../../src/hardware/windows/parse-video-controllers.js'
import { drmCard, machineOf } from './machine-of.js'

const MIB = 1024 ** 2
const GIB = 1024 ** 3

describe('a Mac', () => {
  const displays = (entry: object) => JSON.stringify({ SPDisplaysDataType: [entry] })
  const chip = displays({
    sppci_model: 'Apple M9',
    spdisplays_vendor: 'sppci_vendor_Apple',
    sppci_cores: '40',
  })

  it('shares all its memory, up to the limit that was set', async () => {
    const { gpus } = await machineOf({
      platform: 'darwin',
      commands: {
        'apple.displays': chip,
        'apple.sysctl': `hw.memsize: ${64 * GIB}\niogpu.wired_limit_mb: 59392\n`,
      },
    })
    expect(gpus).toMatchObject([
      {
        total_bytes: 64 * GIB,
        free_bytes: 50_000_000_000,
        budget_bytes: 58 * GIB,
        unified: true,
        used_bytes: null,
      },
    ])
    expect(gpus[0]).not.toHaveProperty('budget_estimated')
  })

  it('calls the budget an estimate where no limit is set', async () => {
    const { gpus } = await machineOf({
      platform: 'darwin',
      commands: {
        'apple.displays': chip,
        'apple.sysctl': { exit_code: 1, stdout: `hw.memsize: ${64 * GIB}\n` },
      },
    })
    expect(gpus).toMatchObject([{ budget_bytes: 48 * GIB, budget_estimated: true }])
    expect(estimateWiredLimit(68_719_476_736)).toBe(51_539_607_552)
    expect(estimateWiredLimit(32 * GIB)).toBe(Math.floor((64 / 3) * GIB))
  })

  it.each([
    ['1536 MB', 1536],
    ['4 GB', 4096],
    ['1\u202f536 Mo', 1536],
    ['1,536 MB', 1536],
    ['1,5 GB', 1536],
    ['0 MB', null],
  ])('reads %j of an Intel Mac', async (vram, mib) => {
    const { gpus } = await machineOf({
      platform: 'darwin',
      commands: { 'apple.displays': displays({ sppci_model: 'AMD Radeon Pro 9', spdisplays_vram: vram }) },
    })
    expect(gpus).toMatchObject([
      { vendor: 'amd', total_bytes: mib === null ? null : mib * MIB, unified: false },
    ])
  })

  it('counts pages that the system gives up at once as available', () => {
    const text =
      'Mach Virtual Memory Statistics: (page size of 16384 bytes)\nPages free:   1000.\nPages active: 9000.\n' +
      'Pages inactive:  3000.\nPages speculative: 500.\nPages purgeable: 500.\n'
    expect(parseVmStat(text, GIB)).toBe(5000 * 16384)
    expect(parseVmStat(text, MIB)).toBeNull()
    expect(parseVmStat('', GIB)).toBeNull()
  })
})

describe('a Windows machine', () => {
  const cim = (rows: object) => ({ 'windows.video_controllers': JSON.stringify(rows) })

  it.each([4293918720, 4294967295, 2147479552, 2147483647, -1048576, 0, null, 'x'])(
    '%j is no size',
    (value) => expect(parseAdapterRam(value)).toBeNull(),
  )
  it.each([536870912, 2147483648, 1073741824])('%j is a size', (value) =>
    expect(parseAdapterRam(value)).toBe(value),
  )

  it.each([
    ['a number', 17163091968],
    ['a text', '17163091968'],
    ['hexadecimal', '0x3FF000000'],
    ['bytes', [0, 0, 0, 0xff, 3, 0, 0, 0]],
    ['bytes in an object', { value: [0, 0, 0, 0xff, 3, 0, 0, 0], Count: 8 }],
  ])('joins the size that the registry has as %s', async (_what, size) => {
    const { gpus } = await machineOf({
      platform: 'win32',
      commands: {
        ...cim({
          Name: 'AMD Radeon(TM) X',
          AdapterRAM: 4293918720,
          PNPDeviceID: 'PCI\\VEN_1002&DEV_744C\\1',
        }),
        'windows.registry_memory': JSON.stringify([
          { DriverDesc: 'Removed Radeon', 'HardwareInformation.qwMemorySize': 1 },
          { DriverDesc: 'AMD Radeon(TM) X', 'HardwareInformation.qwMemorySize': size },
        ]),
      },
    })
    expect(gpus).toMatchObject([{ name: 'AMD Radeon(TM) X', total_bytes: 17163091968, unified: false }])
  })

  it('drops displays that are no GPUs, by vendor, bus or name', async () => {
    const { gpus, problems } = await machineOf({
      platform: 'win32',
      commands: cim([
        { Name: 'Microsoft Basic-Anzeigeadapter', PNPDeviceID: 'PCI\\VEN_10DE&DEV_2504\\1' },
        { Name: 'Microsoft Remote Display Adapter', PNPDeviceID: 'SWD\\REMOTEDISPLAYENUM\\1' },
        { Name: 'Parsec Virtual Display Adapter', PNPDeviceID: 'ROOT\\DISPLAY\\0000' },
        { Name: 'VMware SVGA 3D', PNPDeviceID: 'PCI\\VEN_15AD&DEV_0405\\1' },
        { Name: 'AMD Link Display', PNPDeviceID: 'ROOT\\DISPLAY\\0001' },
      ]),
    })
    expect(gpus).toEqual([])
    expect(problems).toMatchObject([{ kind: 'no_driver' }])
  })

  it('counts two equal cards twice, and one adapter that is listed twice once', async () => {
    const card = (instance: string) => ({
      Name: 'NVIDIA X',
      PNPDeviceID: `PCI\\VEN_10DE&DEV_2504\\${instance}`,
    })
    const twice = await machineOf({ platform: 'win32', commands: cim([card('a'), card('b'), card('b')]) })
    expect(twice.gpus).toHaveLength(2)
    const measured = await machineOf({
      platform: 'win32',
      commands: {
        ...cim([card('a'), card('b')]),
        'nvidia.query': 'NVIDIA X, 8192, 8000, 1, 0\nNVIDIA X, 8192, 70, 8000, 0',
      },
    })
    expect(measured.gpus.map((gpu) => gpu.source)).toEqual(['nvidia.query', 'nvidia.query'])
  })
})

describe('Intel GPUs', () => {
  it('have the memory of all their tiles', async () => {
    const { gpus } = await machineOf({
      files: drmCard('card0', '8086:0bd5', '0000:41:00.0', {
        'tile0/physical_vram_size_bytes': `${24 * GIB}`,
        'tile1/physical_vram_size_bytes': '0x600000000',
      }),
    })
    expect(gpus).toMatchObject([{ total_bytes: 48 * GIB, unified: false, free_bytes: null }])
  })

  it('have local memory under i915, and what is left of it', async () => {
    const { gpus } = await machineOf({
      files: {
        ...drmCard('card0', '8086:56a0', '0000:03:00.0'),
        '/sys/class/drm/card0/lmem_total_bytes': `${16 * GIB}`,
        '/sys/class/drm/card0/lmem_avail_bytes': `${15 * GIB}`,
      },
    })
    expect(gpus).toMatchObject([{ total_bytes: 16 * GIB, free_bytes: 15 * GIB, budget_bytes: 16 * GIB }])
  })

  it('of a processor have no memory of their own, whatever a tool says', async () => {
    const { gpus } = await machineOf({
      commands: {
        'intel.xpu_list':
          '{"device_list":[{"device_id":0,"device_name":"Intel(R) UHD Graphics 770","pci_bdf_address":"0000:00:02.0","memory_physical_size_byte":"33000000000"}]}',
      },
      files: drmCard('card0', '8086:a780', '0000:00:02.0'),
    })
    expect(gpus).toMatchObject([{ unified: true, total_bytes: null, budget_bytes: null }])
  })
})

describe('memory of a Linux machine', () => {
  const meminfo = 'MemTotal: 1000000 kB\nMemFree: 100000 kB\nMemAvailable: 600000 kB\n'
  const ram = async (files: Record<string, string>) => (await machineOf({ files })).ram

  it.each([
    ['no limit', { '/sys/fs/cgroup/memory.max': 'max\n' }, 1000000 * 1024, 600000 * 1024],
    ['a limit above it', { '/sys/fs/cgroup/memory.max': '99999999999\n' }, 1000000 * 1024, 600000 * 1024],
    [
      'a limit of version 2',
      {
        '/sys/fs/cgroup/memory.max': '500000\n',
        '/sys/fs/cgroup/memory.current': '200000\n',
        '/sys/fs/cgroup/memory.stat': 'inactive_file 50000\n',
      },
      500000,
      350000,
    ],
    [
      'a limit of version 1',
      {
        '/sys/fs/cgroup/memory/memory.limit_in_bytes': '500000\n',
        '/sys/fs/cgroup/memory/memory.usage_in_bytes': '200000\n',
      },
      500000,
      300000,
    ],
    [
      'the number that version 1 prints for none',
      { '/sys/fs/cgroup/memory/memory.limit_in_bytes': '9223372036854771712\n' },
      1000000 * 1024,
      600000 * 1024,
    ],
    [
      'more used than allowed',
      { '/sys/fs/cgroup/memory.max': '500000\n', '/sys/fs/cgroup/memory.current': '700000\n' },
      500000,
      0,
    ],
    [
      'a limit of the service it runs in',
      {
        '/proc/self/cgroup': '0::/a.slice/b.service\n',
        '/sys/fs/cgroup/a.slice/memory.max': '400000',
        '/sys/fs/cgroup/a.slice/memory.current': '100000',
        '/sys/fs/cgroup/a.slice/b.service/memory.max': 'max',
      },
      400000,
      300000,
    ],
  ])('knows %s', async (_what, files, total, available) => {
    expect(await ram({ '/proc/meminfo': meminfo, ...files })).toEqual({
      total_bytes: total,
      available_bytes: available,
    })
  })

  it.each([
    ['nothing', ''],
    ['no number', 'MemTotal: many kB\n'],
    ['a total of 0', 'MemTotal: 0 kB\n'],
  ])('falls back on what the system says where the file says %s', async (_what, text) => {
    expect(await ram({ '/proc/meminfo': text })).toEqual({
      total_bytes: 64_000_000_000,
      available_bytes: 50_000_000_000,
    })
  })
})
