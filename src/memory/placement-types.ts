import type { Detail } from './compute.js'
import type { MemoryEstimate } from './types.js'

/** Where a model lands: on one GPU, split over several, partly on the processor, on it alone, or nowhere. */
export type Fit = 'gpu' | 'multi_gpu' | 'partial' | 'cpu' | 'none'

/** What a placement takes of one device. */
export interface DevicePlacement {
  index: number
  name: string
  /** The device runtime's own memory included. */
  needed_bytes: number
  /** Free before headroom; `null` where the probe cannot know. */
  available_bytes: number | null
}

/** A plan for a model on a machine, with the bytes behind it. */
export interface Placement {
  fit: Fit
  /** As `-ngl` counts: layers from the end, output included. */
  gpu_layers: number | 'all'
  /** As `--n-cpu-moe` counts: first blocks whose experts stay on the host. */
  cpu_moe_layers: number
  /** The devices that are used; none for `cpu` and `none`. */
  devices: DevicePlacement[]
  /** What the plan takes of the machine's RAM. */
  host_bytes: number
  /** On the devices named, overhead included; for `cpu` and `none` in RAM. */
  needed_bytes: number
  /** Free there before headroom. */
  available_bytes: number
  headroom_bytes: number
  estimate: MemoryEstimate
}

/** A model shared out over the cards of one kind. */
export interface SharedPlacement {
  devices: DevicePlacement[]
  estimate: MemoryEstimate
}

export interface PlacementOptions {
  /** Left free on each device and in RAM; default 2 GiB. */
  headroom_bytes?: number
  /** A vision projector that is loaded beside the model (mmproj). */
  projector_bytes?: number
  /** How exactly splits are sized; default: to the byte. */
  detail?: Detail
}
