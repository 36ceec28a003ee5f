import type { ModelEntry, Report, Rule } from '../sources.js'
import { formatCount, isNear, sizeTokens } from '../size-tokens.js'
import { show } from '../show.js'

/** Parameter counts agree with the id, the name and each other. */
export const parameters: Rule = {
  ids: ['parameters/active', 'parameters/id', 'parameters/name', 'parameters/description'],
  check(sources, report) {
    for (const entry of sources.models) {
      checkActive(entry, report)
      checkStated(entry, report)
    }
  },
}

function checkActive(entry: ModelEntry, report: Report): void {
  const { parameters: total, active_parameters: active, architecture } = entry.data
  const at = { rule: 'parameters/active', entry }
  if (active !== undefined && active > total)
    report({
      ...at,
      path: ['active_parameters'],
      message: `active_parameters ${active} is more than parameters ${total}`,
      hint: 'are the two swapped? parameters counts all experts',
    })
  else if (active !== undefined && (architecture.expert_count ?? 0) <= 1)
    report({
      ...at,
      path: ['active_parameters'],
      target: 'key',
      message: 'active_parameters is given, but the model has no experts',
      hint: 'remove it, or add expert_count and expert_used_count to the architecture',
    })
  if (active === undefined && (architecture.expert_count ?? 1) > 1)
    report({
      ...at,
      path: ['parameters'],
      target: 'key',
      message: 'the model has experts, but no active_parameters',
      hint: 'add active_parameters: the parameters that one token uses',
    })
}

function checkStated(entry: ModelEntry, report: Report): void {
  const { parameters: total, name, active_parameters: active } = entry.data
  const inId = sizeTokens(entry.id.slice(entry.id.indexOf(':') + 1))
  const inName = sizeTokens(name)
  const fits = (sizes: readonly number[]): boolean =>
    sizes.length === 0 ||
    sizes.some((size) => isNear(size, total) || (active !== undefined && isNear(size, active)))
  if (!fits(inId))
    report({
      rule: 'parameters/id',
      entry,
      path: ['parameters'],
      message: `parameters ${formatCount(total)} does not fit the file name: ${show(entry.id)}`,
      hint: 'check the digits and the name of the file; the path is the id',
    })
  else if (!fits(inName))
    report({
      rule: 'parameters/name',
      entry,
      path: ['name'],
      message: `name ${show(name)} does not fit parameters ${formatCount(total)}`,
      hint: 'check the name; was it copied from another size?',
    })
  else checkDescription(entry, report)
}

/** A figure in words is rounded: 8.19 billion for 8,190,735,360. */
const DESCRIPTION_TOLERANCE = 0.1

function checkDescription({ data, ...entry }: ModelEntry, report: Report): void {
  const [, size = '', unit] =
    /(\d+(?:\.\d+)?) (million|billion|trillion) (?:active )?parameters/i.exec(data.description ?? '') ?? []
  const stated =
    Number(size) * ({ million: 1e6, billion: 1e9, trillion: 1e12 }[unit?.toLowerCase() ?? ''] ?? 0)
  const fits = [data.parameters, data.active_parameters].some(
    (real) => real !== undefined && Math.abs(stated / real - 1) <= DESCRIPTION_TOLERANCE,
  )
  if (stated === 0 || fits) return
  report({
    rule: 'parameters/description',
    entry,
    path: ['description'],
    message: `the description says ${size} ${unit ?? ''} parameters, but parameters is ${formatCount(data.parameters)}`,
    hint: 'correct the description; was it copied from another size?',
  })
}
