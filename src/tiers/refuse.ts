import { nameFlags, nameIssues, nativeFormatFlags, openIssues, refusingFlags } from './observations.js'
import type { TierDecision, TierInput } from './types.js'

const experimental = (reason: string, decided_by: TierDecision['decided_by'] = []): TierDecision => ({
  tier: 'experimental',
  reason,
  decided_by,
})

/** What rules tool calling out before any score is looked at; `undefined` where nothing does. */
export function findRefusal(model: TierInput): TierDecision | undefined {
  const evidence = model.evidence ?? []
  if (model.kind === 'embedding')
    return experimental('An embedding model: it answers no prompts and calls no tools.')
  if (evidence.length === 0) return experimental('Nobody has published how it calls tools.')
  if (model.tools === false) return experimental('Its official chat template has no tools.')
  const native = nativeFormatFlags(evidence)
  if (model.tools === null && native.length === 0 && model.native_format !== true)
    return experimental('Whether its chat template has tools is unknown, and no runtime knows its format.')
  const issues = openIssues(evidence, ['no_tools'])
  if (issues.length > 0) return experimental(`Tools are refused: ${nameIssues(issues)}.`, issues)
  const flags = refusingFlags(evidence)
  if (flags.length > 0) return experimental(`Ollama refuses tools: ${nameFlags(flags)} is false.`, flags)
  return undefined
}
