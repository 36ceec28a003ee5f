import type { Problem } from '../../machine.js'
import { probeAmdTools, type AmdReport } from '../amd/probe-amd.js'
import { readKfd } from '../amd/read-kfd.js'
import type { GpuFacts, ProbeReport } from '../gpu-facts.js'
import { probeXpuSmi } from '../intel/probe-intel.js'
import { mergeFacts } from '../merge-facts.js'
import { probeNvidiaSmi, type NvidiaReport } from '../nvidia/probe-nvidia.js'
import { readJetson, readNvidiaProc } from '../nvidia/read-nvidia-proc.js'
import type { PlatformReport } from '../platform-report.js'
import { runProbe, type ProbeSource } from '../probe-source.js'
import { isNoGpu } from '../vendor-of-name.js'
import { parsePciList } from './parse-pci-list.js'
import { parseVulkanSummary } from './parse-vulkan-summary.js'
import { readDrmCards, type DrmCard } from './read-drm-cards.js'

/**
 * GPUs of a Linux machine. What the kernel says is read first, because it costs nothing and tells which cards sleep; then the
 * vendors' tools measure; `lspci` and `vulkaninfo` only name what has no name yet.
 *
 * systeminformation is not used here either (windows/probe-windows.ts says why).
 */
export async function probeLinux(source: ProbeSource): Promise<Omit<PlatformReport, 'memory'>> {
  const cards = readDrmCards(source)
  const kernel = cards.map((card) => card.facts)
  const proc = readNvidiaProc(source)
  const [nvidia, amd, intel] = await probeTools(source, kernel)
  const gpus = [
    ...mergeNvidia(source, nvidia, proc, ofVendor(kernel, 'nvidia')),
    ...[readKfd(source), amd.amdSmi, amd.rocmSmi].reduce(mergeFacts, ofVendor(kernel, 'amd')),
    ...mergeFacts(intel.gpus, ofVendor(kernel, 'intel')),
  ]
  return {
    gpus: await nameCards(source, gpus),
    problems: [...nvidia.problems, ...amd.problems, ...intel.problems, ...absurdCards(cards)],
    nvidiaMissing: nvidia.missing,
  }
}

function ofVendor(facts: GpuFacts[], vendor: GpuFacts['vendor']): GpuFacts[] {
  return facts.filter((card) => card.vendor === vendor)
}

/** A vendor's tool wakes all its cards, so it is left alone where it would wake more than it tells. */
async function probeTools(
  source: ProbeSource,
  kernel: GpuFacts[],
): Promise<[NvidiaReport, AmdReport, ProbeReport]> {
  const asleep = (vendor: GpuFacts['vendor']): boolean[] =>
    source.wakesCards ? ofVendor(kernel, vendor).map((card) => card.asleep) : []
  const nvidia = asleep('nvidia')
  return Promise.all([
    nvidia.length > 0 && nvidia.every(Boolean)
      ? { gpus: [], problems: [], missing: false }
      : probeNvidiaSmi(source),
    // sysfs has measured the AMD cards that are awake.
    asleep('amd').includes(true) ? { amdSmi: [], rocmSmi: [], problems: [] } : probeAmdTools(source),
    asleep('intel').includes(true) ? { gpus: [], problems: [] } : probeXpuSmi(source),
  ])
}

function mergeNvidia(source: ProbeSource, smi: NvidiaReport, proc: GpuFacts[], drm: GpuFacts[]): GpuFacts[] {
  const merged = mergeFacts(mergeFacts(smi.gpus, proc), drm)
  return merged.length > 0 ? merged : readJetson(source)
}

/**
 * Gives names to cards that have none, and adds those that only the PCI list shows: a card whose driver is dead is not "no
 * GPU". Both tools wake a sleeping card, so neither runs while there is one.
 */
async function nameCards(source: ProbeSource, gpus: GpuFacts[]): Promise<GpuFacts[]> {
  const nameless = (list: GpuFacts[]): boolean => list.some((card) => card.name === null && !card.hidden)
  if (source.wakesCards && gpus.some((card) => card.asleep)) return gpus
  if (gpus.length > 0 && !nameless(gpus)) return gpus
  const pci = await runProbe(source, 'pci.list')
  const listed = parsePciList(pci.stdout).filter((card) => !isNoGpu(card.name ?? ''))
  const ofPci = gpus.length > 0 ? nameFrom(gpus, listed) : listed
  if (!nameless(ofPci) && ofPci.every((card) => card.source !== 'pci.list')) return ofPci
  const vulkan = await runProbe(source, 'vulkan.summary')
  return nameFrom(ofPci, parseVulkanSummary(vulkan.stdout))
}

/** Names by address, else by device id; nothing is added. */
function nameFrom(gpus: GpuFacts[], named: GpuFacts[]): GpuFacts[] {
  return gpus.map((card) => {
    if (card.name !== null) return card
    const found =
      named.find((other) => card.slot !== null && other.slot === card.slot) ??
      named.find(
        (other) =>
          other.vendor === card.vendor && card.device_id !== null && other.device_id === card.device_id,
      )
    return found === undefined ? card : { ...card, name: found.name }
  })
}

function absurdCards(cards: DrmCard[]): Problem[] {
  return cards
    .filter((card) => card.absurd)
    .map((card) => ({
      probe: card.facts.source,
      kind: 'bad_output',
      message: `${card.facts.source}: the driver reports an impossible amount of memory`,
      hint: 'Update the kernel or the driver; report it with `llm-almanac hardware --record FILE`.',
    }))
}
