import type { Gpu } from '../machine.js'
import { MIB } from '../units.js'

/** What a device runtime takes beside llama.cpp's own buffers, for the line that people see. */
export interface RuntimeOverhead {
  bytes: number
  note: string
}

/**
 * Memory of the device runtime itself on each GPU: context, kernels, workspaces.
 *
 * CUDA: 0.3 to 0.6 GB are seen for llama.cpp (context, the kernels of its libraries, a cuBLAS workspace);
 * the middle of that range is counted. ROCm loads its libraries in the same way and gets the same figure.
 * Vulkan has no such libraries and holds a small staging buffer; Metal's share is part of the system.
 * Source of the range: the reference measurements' notes (context and kernels, about 0.3-0.6 GB per GPU).
 *
 * @example runtimeOverhead('nvidia').bytes // 471_859_200
 */
export function runtimeOverhead(vendor: Gpu['vendor']): RuntimeOverhead {
  switch (vendor) {
    case 'nvidia':
      return { bytes: 450 * MIB, note: 'CUDA context and kernels, 0.3 to 0.6 GB' }
    case 'amd':
      return { bytes: 450 * MIB, note: 'ROCm context and kernels, counted as for CUDA' }
    case 'intel':
      return { bytes: 300 * MIB, note: 'Vulkan or SYCL context, at the low end of CUDA' }
    case 'apple':
      return { bytes: 300 * MIB, note: 'Metal library and queues, at the low end of CUDA' }
  }
}
