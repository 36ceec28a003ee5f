import type { CommandLimits, CommandResult } from '../process/run-command.js'

/**
 * The one port through which the adapters see a machine: live, or a recording of one.
 * None of its functions throws: what is not there is `not_found`, `null` or an empty list.
 */
export interface ProbeSource {
  /** As `process.platform` says it. */
  readonly platform: string
  readonly arch: string
  /** True where asking can wake a card that sleeps. A recording wakes nothing. */
  readonly wakesCards: boolean
  /** What the operating system says of its memory. */
  readonly memory: { total_bytes: number | null; available_bytes: number | null }
  run(probe: string, argv: readonly string[], limits?: CommandLimits): Promise<CommandResult>
  readFile(path: string): string | null
  /** Names of the entries, sorted. */
  listDirectory(path: string): string[]
}

const POWERSHELL = [
  'powershell.exe',
  '-NoProfile',
  '-NonInteractive',
  '-Command',
  '[Console]::OutputEncoding=[Text.Encoding]::UTF8;',
]

/** The display class: every adapter that was ever installed has a numbered key under it. */
const DISPLAY_CLASS =
  'HKLM:\\SYSTEM\\CurrentControlSet\\Control\\Class\\{4d36e968-e325-11ce-bfc1-08002be10318}\\0*'

/** Every command that a probe runs, by the id that a recording files its answer under. */
export const PROBES = {
  'nvidia.query': [
    'nvidia-smi',
    '--query-gpu=name,memory.total,memory.free,memory.used,utilization.gpu',
    '--format=csv,noheader,nounits',
  ],
  'nvidia.list': ['nvidia-smi', '-L'],
  'nvidia.xml': ['nvidia-smi', '-q', '-x'],
  'amd.smi_static': ['amd-smi', 'static', '--asic', '--vram', '--json'],
  'amd.smi_metric': ['amd-smi', 'metric', '--mem-usage', '--usage', '--json'],
  'amd.rocm_smi': ['rocm-smi', '--showproductname', '--showuse', '--showmeminfo', 'vram', 'gtt', '--json'],
  'intel.xpu_list': ['xpu-smi', 'discovery', '-j'],
  'apple.displays': ['system_profiler', 'SPDisplaysDataType', '-json'],
  'apple.sysctl': ['sysctl', 'hw.memsize', 'iogpu.wired_limit_mb'],
  'apple.vm_stat': ['vm_stat'],
  'windows.video_controllers': [
    ...POWERSHELL,
    'Get-CimInstance Win32_VideoController | Select-Object Name,AdapterRAM,PNPDeviceID | ConvertTo-Json',
  ],
  'windows.registry_memory': [
    ...POWERSHELL,
    `Get-ItemProperty '${DISPLAY_CLASS}' -ErrorAction SilentlyContinue | ` +
      "Select-Object DriverDesc,'HardwareInformation.qwMemorySize' | ConvertTo-Json",
  ],
  'pci.list': ['lspci', '-nnD'],
  'vulkan.summary': ['vulkaninfo', '--summary'],
} as const

export type ProbeId = keyof typeof PROBES

/** Runs one of the fixed probes. */
export function runProbe(source: ProbeSource, probe: ProbeId): Promise<CommandResult> {
  return source.run(probe, PROBES[probe])
}
