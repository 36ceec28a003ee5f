import { gpuFacts, type GpuFacts } from '../gpu-facts.js'
import { gpuInstanceProfile, gpuInstancesOf, type ListedCard } from './parse-nvidia-list.js'
import type { NvidiaRow } from './parse-nvidia-query.js'
import type { NvidiaXmlCard } from './parse-nvidia-xml.js'

/**
 * The devices that a program can use on a card: the card itself, or in MIG mode its GPU instances
 * (the card is then kept as hidden, so that other probes do not list it again). Where only the list
 * shows them (no XML), their memory stays unknown: a profile's name is no measurement.
 */
export function listMigDevices(row: NvidiaRow, cards: NvidiaXmlCard[], listed: ListedCard[]): GpuFacts[] {
  const card = cards.find((candidate) => candidate.number === row.number)
  const names = listed.find((candidate) => candidate.number === row.number)
  const parent = row.facts.name ?? 'NVIDIA GPU'
  const hidden: GpuFacts = { ...row.facts, hidden: true }
  const shared = { mig_parent: row.number }
  if (card !== undefined && card.instances.length > 0) {
    const devices = card.instances.map((instance) => {
      const profile = names?.migProfiles.get(instance.device)
      const suffix = profile === undefined ? '' : ` ${gpuInstanceProfile(profile)}`
      return { ...instance.facts, ...shared, name: `${parent} MIG${suffix}` }
    })
    return [hidden, ...devices]
  }
  if (names !== undefined && names.migProfiles.size > 0) {
    const devices = gpuInstancesOf(names).map((profile) =>
      gpuFacts('nvidia', 'nvidia.list', { ...shared, name: `${parent} MIG ${profile}` }),
    )
    return [hidden, ...devices]
  }
  return card?.migEnabled === true ? [hidden] : [row.facts]
}
