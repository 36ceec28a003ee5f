import { gpuFacts, type GpuFacts } from '../gpu-facts.js'
import { MAX_GPU_BYTES } from '../measure.js'
import type { ProbeSource } from '../probe-source.js'
import { gfxName } from './amd-apu.js'

const NODES = '/sys/class/kfd/kfd/topology/nodes'
const AMD = 0x1002
const MAX_NODES = 256
/** Heap types of a memory bank that are the card's own: visible to the processor (1) or not (2). */
const LOCAL_HEAPS: ReadonlySet<number> = new Set([1, 2])

/** GPUs that the ROCm kernel driver knows. It tells the graphics core version, which tells an APU from a card. */
export function readKfd(source: ProbeSource): GpuFacts[] {
  return source
    .listDirectory(NODES)
    .filter((node) => /^\d{1,4}$/.test(node))
    .slice(0, MAX_NODES)
    .flatMap((node) => {
      const properties = readProperties(source, `${NODES}/${node}/properties`)
      if ((properties.get('simd_count') ?? 0) <= 0 || properties.get('vendor_id') !== AMD) return []
      const location = properties.get('location_id') ?? 0
      return [
        gpuFacts('amd', 'amd.kfd', {
          slot: slotOf(properties.get('domain') ?? 0, location),
          device_id: (properties.get('device_id') ?? 0).toString(16).padStart(4, '0'),
          gfx: gfxName(properties.get('gfx_target_version') ?? 0),
          total_bytes: sumLocalBanks(source, `${NODES}/${node}/mem_banks`),
          // A processor and a GPU in one node is what an APU is.
          unified: (properties.get('cpu_cores_count') ?? 0) > 0 ? true : null,
          driver: 'amdgpu',
        }),
      ]
    })
}

function slotOf(domain: number, location: number): string | null {
  if (location <= 0 || location > 0xffff || domain < 0 || domain > 0xffff_ffff) return null
  const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0')
  return `${hex(domain, 4)}:${hex(location >> 8, 2)}:${hex((location >> 3) & 0x1f, 2)}.${location & 7}`
}

function sumLocalBanks(source: ProbeSource, path: string): number | null {
  let total = 0
  for (const bank of source.listDirectory(path).slice(0, 64)) {
    const properties = readProperties(source, `${path}/${bank}/properties`)
    if (LOCAL_HEAPS.has(properties.get('heap_type') ?? 0)) total += properties.get('size_in_bytes') ?? 0
  }
  return total > 0 && total <= MAX_GPU_BYTES ? total : null
}

function readProperties(source: ProbeSource, path: string): Map<string, number> {
  const text = source.readFile(path) ?? ''
  return new Map(
    [...text.matchAll(/^(\w{1,60})[ \t]+(\d{1,20})[ \t]*$/gm)].map(([, key = '', value]) => [
      key,
      Number(value),
    ]),
  )
}
