import { formatContext, formatGib } from '../units.js'
import type { TierId } from '../catalog/index.js'
import type { Placement } from '../memory/index.js'

export type GateCode =
  | 'does_not_fit'
  | 'partial'
  | 'cpu'
  | 'no_forecast'
  | 'no_space'
  | 'installed_elsewhere'
  | 'provider_absent'
  | 'tier_experimental'
  | 'context_too_long'

export interface GateReason {
  code: GateCode
  message: string
  /** Whether `--force` opens the gate despite it. */
  overridable: boolean
}

/** The gate's answer; the JSON of `GET /api/model/gate`. */
export interface GateVerdict {
  verdict: 'allowed' | 'warned' | 'refused'
  fit: Placement['fit'] | null
  needed_bytes: number | null
  available_bytes: number | null
  disk_needed_bytes: number
  disk_free_bytes: number | null
  reasons: GateReason[]
}

export interface GateQuestion {
  /** Where the build would run; null where its memory cannot be forecast. */
  placement: Placement | null
  /** Why GPUs were left out of that, a sentence each. */
  left_out: readonly string[]
  context: number
  /** The longest context that the model was trained for. */
  context_max: number
  /** Tier of a chat model; null where it has none. */
  tier: TierId | null
  /** Bytes that are still to be written on the disk, all parts and the provider's own staging included. */
  disk_needed_bytes: number
  /** Null where it cannot be known, as on a provider's other machine. */
  disk_free_bytes: number | null
  /** Providers that already hold this very build. */
  installed_at: readonly string[]
  /** The provider that should get it, and whether it runs. */
  provider: { name: string; running: boolean }
}

/** Reasons that close the gate; the others only warn. */
const REFUSING: readonly GateCode[] = ['does_not_fit', 'no_space', 'provider_absent']

/**
 * Whether a download should proceed: one decision for the command line, the API and the page.
 *
 * Memory refuses only where the model runs nowhere (`none`); `partial` and `cpu` warn. Disk space and a
 * missing provider refuse whatever is forced.
 */
export function decideGate(question: GateQuestion): GateVerdict {
  const reasons = [...memoryReasons(question), ...otherReasons(question)]
  const refused = reasons.some((reason) => REFUSING.includes(reason.code))
  const { placement } = question
  return {
    verdict: refused ? 'refused' : reasons.length > 0 ? 'warned' : 'allowed',
    fit: placement?.fit ?? null,
    needed_bytes: placement?.needed_bytes ?? null,
    available_bytes: placement?.available_bytes ?? null,
    disk_needed_bytes: question.disk_needed_bytes,
    disk_free_bytes: question.disk_free_bytes,
    reasons,
  }
}

/** The reasons that remain refusals when the user insists. */
export function listRefusals(verdict: GateVerdict, force: boolean): GateReason[] {
  return verdict.reasons.filter((reason) => REFUSING.includes(reason.code) && !(force && reason.overridable))
}

function memoryReasons({ placement, left_out, context }: GateQuestion): GateReason[] {
  if (!placement) {
    return [
      {
        code: 'no_forecast',
        message: 'Its memory cannot be forecast: the header could not be read.',
        overridable: true,
      },
    ]
  }
  const needed = formatGib(placement.needed_bytes)
  const because = left_out.map((sentence) => ` ${sentence}`).join('')
  const at = `at ${formatContext(context)} context`
  switch (placement.fit) {
    case 'none':
      return [
        {
          code: 'does_not_fit',
          message: `Not enough memory: needs ${needed} ${at}, there is room for ${formatGib(Math.max(0, placement.available_bytes))}.${because}`,
          overridable: true,
        },
      ]
    case 'partial':
      return [
        {
          code: 'partial',
          message: `Runs partly on the processor ${at}: slower.${because}`,
          overridable: true,
        },
      ]
    case 'cpu':
      return [{ code: 'cpu', message: `Runs on the processor ${at}: slow.${because}`, overridable: true }]
    default:
      return []
  }
}

function otherReasons(question: GateQuestion): GateReason[] {
  const { disk_needed_bytes: needed, disk_free_bytes: free, provider } = question
  const reasons: GateReason[] = []
  if (free !== null && needed > free) {
    const message = `Not enough disk space: needs ${formatGib(needed)}, ${formatGib(free)} are free. Free ${formatGib(needed - free)} and try again.`
    reasons.push({ code: 'no_space', message, overridable: false })
  }
  if (!provider.running) {
    reasons.push({
      code: 'provider_absent',
      message: `${provider.name} is not running. Start it and try again.`,
      overridable: false,
    })
  }
  if (question.context > question.context_max) {
    const message = `The model was trained for ${formatContext(question.context_max)} context, not ${formatContext(question.context)}.`
    reasons.push({ code: 'context_too_long', message, overridable: true })
  }
  if (question.installed_at.length > 0) {
    reasons.push({
      code: 'installed_elsewhere',
      message: `Already installed in ${question.installed_at.join(' and ')}.`,
      overridable: true,
    })
  }
  if (question.tier === 'experimental') {
    reasons.push({
      code: 'tier_experimental',
      message: 'Tool calling is experimental: little evidence, or open problems.',
      overridable: true,
    })
  }
  return reasons
}
