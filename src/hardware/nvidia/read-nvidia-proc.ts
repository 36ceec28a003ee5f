import { gpuFacts, normalizeSlot, type GpuFacts } from '../gpu-facts.js'
import type { ProbeSource } from '../probe-source.js'

const DIRECTORY = '/proc/driver/nvidia/gpus'
const MAX_CARDS = 256

/** Cards that the kernel driver knows, by name and address: they are there even when nvidia-smi fails. */
export function readNvidiaProc(source: ProbeSource): GpuFacts[] {
  return source
    .listDirectory(DIRECTORY)
    .slice(0, MAX_CARDS)
    .flatMap((slot) => {
      const text = source.readFile(`${DIRECTORY}/${slot}/information`)
      if (text === null) return []
      const model = /^Model:[ \t]*(\S[^\r\n]{0,200})$/m.exec(text)?.[1]?.trim() ?? null
      const bus = /^Bus Location:[ \t]*(\S+)/m.exec(text)?.[1]
      return [
        gpuFacts('nvidia', 'nvidia.proc', {
          name: model === null || /^(?:Unknown|N\/A)$/i.test(model) ? null : model,
          slot: normalizeSlot(bus) ?? normalizeSlot(slot),
          driver: 'nvidia',
        }),
      ]
    })
}

/** A Jetson whose image has no nvidia-smi: the device tree still names the board. */
export function readJetson(source: ProbeSource): GpuFacts[] {
  const model = source.readFile('/proc/device-tree/model')?.replace(/\0/g, '').trim() ?? ''
  if (!/\bjetson\b/i.test(model) || model.length > 200) return []
  return [gpuFacts('nvidia', 'nvidia.proc', { name: model, unified: true })]
}
