/** A card of `nvidia-smi -L`, and the profiles of its MIG instances. */
export interface ListedCard {
  number: number
  name: string
  /** By MIG device number: the profile as printed, `1c.3g.40gb`. */
  migProfiles: Map<number, string>
}

const CARD = /^GPU (\d{1,3}): (.{1,200}?)(?: \(UUID: .*)?$/
const MIG = /^\s+MIG (\S{1,40})\s+Device\s+(\d{1,3}):/

/**
 * @example parseNvidiaList('GPU 0: NVIDIA H200 (UUID: …)\n  MIG 2g.35gb  Device  0: (UUID: …)\n')[0].migProfiles.get(0) // '2g.35gb'
 */
export function parseNvidiaList(stdout: string): ListedCard[] {
  const cards: ListedCard[] = []
  for (const line of stdout.split(/\r\n|\n|\r/).slice(0, 5_000)) {
    const card = CARD.exec(line.trimEnd())
    if (card !== null) {
      cards.push({ number: Number(card[1]), name: (card[2] ?? '').trim(), migProfiles: new Map() })
      continue
    }
    const mig = MIG.exec(line)
    if (mig !== null) cards.at(-1)?.migProfiles.set(Number(mig[2]), mig[1] ?? '')
  }
  return cards
}

/** Memory belongs to the GPU instance, so the compute share is left out: `1c.3g.40gb` is a part of a `3g.40gb`. */
export function gpuInstanceProfile(profile: string): string {
  return profile.replace(/^\d+c\./, '')
}

/**
 * Profiles of the GPU instances, one each. The list shows compute instances; those of one GPU instance follow each
 * other, and their shares (`1c` + `2c`) add up to that of the instance (`3g`).
 */
export function gpuInstancesOf(card: ListedCard): string[] {
  const instances: string[] = []
  let open: { profile: string; left: number } | null = null
  for (const profile of card.migProfiles.values()) {
    const shares = /^(\d+)c\.((\d+)g\..*)$/.exec(profile)
    const share = Number(shares?.[1] ?? 0)
    if (shares !== null && open !== null && open.profile === shares[2] && open.left >= share) {
      open = { profile: open.profile, left: open.left - share }
      continue
    }
    instances.push(gpuInstanceProfile(profile))
    open = shares === null ? null : { profile: shares[2] ?? '', left: Number(shares[3]) - share }
  }
  return instances
}
