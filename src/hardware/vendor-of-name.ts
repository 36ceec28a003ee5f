import type { GpuVendor } from '../machine.js'

const NAMES: readonly (readonly [RegExp, GpuVendor])[] = [
  [/\b(?:NVIDIA|GeForce|Quadro|Tesla|NVS)\b/i, 'nvidia'],
  [/\b(?:AMD|ATI|Radeon|FirePro|FireGL|Instinct)\b/i, 'amd'],
  [/\b(?:Intel|Iris|U?HD Graphics)\b/i, 'intel'],
  [/\bApple\b/i, 'apple'],
]

/** Displays without a GPU: those of servers, of virtual machines and of remote sessions, and software renderers. */
const NO_GPU =
  /\b(?:ASPEED|Matrox|virtio|QXL|VMware|VirtualBox|Parallels|Hyper-V|Bochs|Cirrus|Parsec|Citrix|DisplayLink|TeamViewer|AnyDesk|spacedesk|Sunshine|IddSample\w*|Paravirtual|llvmpipe|SwiftShader|softpipe)\b|\b(?:Basic|Remote|Virtual|Indirect|Mirror) (?:Display|Render|Monitor)|^Microsoft\b|\bMicrosoft$|^Display$/i

/** The vendor that a name speaks of; `null` for a name of no vendor that we know, and for a display that is no GPU. */
export function vendorOfName(name: string): GpuVendor | null {
  if (isNoGpu(name)) return null
  return NAMES.find(([pattern]) => pattern.test(name))?.[1] ?? null
}

export function isNoGpu(name: string): boolean {
  return NO_GPU.test(name)
}
