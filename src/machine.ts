/** The machine as `hardware --json` prints it. Bytes everywhere; `null` is "a probe cannot know this". */
export interface Machine {
  platform: string
  arch: string
  ram: { total_bytes: number | null; available_bytes: number | null }
  gpus: Gpu[]
  problems: Problem[]
}

export type GpuVendor = 'nvidia' | 'amd' | 'intel' | 'apple'

export interface Gpu {
  index: number
  vendor: GpuVendor
  name: string
  total_bytes: number | null
  free_bytes: number | null
  used_bytes: number | null
  /** 0 to 100. */
  utilization_percent: number | null
  /** True where the memory is shared with the processor. */
  unified: boolean
  /** What may be allocated there: a wired limit, a cgroup, a carve-out plus GTT; else `total_bytes`. */
  budget_bytes: number | null
  /** True where `budget_bytes` is the system's usual default and was not measured. */
  budget_estimated?: boolean
  /** Probe that measured it. */
  source: string
  /** Index of the card that this MIG instance is a part of. */
  mig_parent?: number
  /** Row of the catalog's GPU table, where the name is in it. */
  catalog_id?: string
}

export type ProblemKind =
  | 'not_found'
  | 'timed_out'
  | 'driver_mismatch'
  | 'no_driver'
  | 'no_devices'
  | 'gpu_lost'
  | 'permission_denied'
  | 'bad_output'
  | 'unsupported'

export interface Problem {
  probe: string
  kind: ProblemKind
  message: string
  hint: string
}
