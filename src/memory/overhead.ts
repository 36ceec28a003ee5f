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
 * CUDA: the middle of the 0.3 to 0.6 GB that the reference measurements' notes name. llama.cpp left 451 to 456 MiB
 * a card unaccounted on RTX 4090s (github.com/ggml-org/llama.cpp/pull/15860); the bare context grows with the GPU,
 * 107 MiB on an RTX 4060 Ti and 555 MiB on an RTX PRO 6000 (pull/23604 there), so large cards take more.
 * ROCm: the same figure. About 0.4 GiB were left on an RX 7900 XTX by each of two models
 * (github.com/Quartermaster-Labs/Quartermaster/pull/24). Under Vulkan an AMD card may take far less: 17 MiB were left
 * on an RX 9060 XT (llama.cpp's pull/20858), so that the figure is some 430 MiB too much there.
 * Intel, Apple: our assumptions, no measurement was found. Under Vulkan the same 17 MiB would make Intel's some
 * 280 MiB too much; Ollama sets 512 MiB aside under Metal and 457 elsewhere (`MinimumMemory` in its ml/device.go, a
 * margin), by which they would be 160 to 210 MiB too little.
 *
 * @example runtimeOverhead('nvidia').bytes // 471_859_200
 */
export function runtimeOverhead(vendor: Gpu['vendor']): RuntimeOverhead {
  switch (vendor) {
    case 'nvidia':
      return { bytes: 450 * MIB, note: 'CUDA context and kernels, 0.3 to 0.6 GB' }
    case 'amd':
      return { bytes: 450 * MIB, note: 'ROCm context and kernels, about 0.4 GiB' }
    case 'intel':
      return { bytes: 300 * MIB, note: 'Vulkan or SYCL context, an assumption' }
    case 'apple':
      return { bytes: 300 * MIB, note: 'Metal context, an assumption' }
  }
}
