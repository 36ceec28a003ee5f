import type { ProbeReport } from './gpu-facts.js'
import type { SystemMemory } from './to-gpu.js'

/** Everything that the probes of one operating system found. */
export interface PlatformReport extends ProbeReport {
  memory: SystemMemory
  /** nvidia-smi is not installed; that matters only where there is an NVIDIA card. */
  nvidiaMissing: boolean
}
