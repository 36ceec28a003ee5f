import { shownText } from '../http/index.js'
import { fieldOf, listOf, textOf } from './json-fields.js'
import { withoutRepeats } from './list-report.js'
import { ProviderFault } from './provider-fault.js'
import type { ProviderModel } from './provider.js'

/** The text of an error inside an answer, also of one with status 200. */
export function errorText(value: unknown): string | null {
  const error = fieldOf(value, 'error')
  const text = textOf(error) ?? textOf(fieldOf(error, 'message'))
  return text === null ? null : shownText(text)
}

/**
 * The models of a listing: `null` is an empty list, items of a wrong type are dropped one by one.
 *
 * @param where What is parsed, for messages: `/api/tags of Ollama`.
 * @throws {ProviderFault} `bad_output` where there is no list, or nothing usable in one that is not empty.
 */
export function parseItems(
  value: unknown,
  field: string,
  { where, parse }: { where: string; parse: (item: unknown) => ProviderModel | null },
): ProviderModel[] {
  const error = errorText(value)
  const items = listOf(fieldOf(value, field))
  if (items === null) {
    const why = error === null ? `has no list "${field}"` : `answered with an error: ${error}`
    throw new ProviderFault('bad_output', `${where} ${why}`)
  }
  const models = items.flatMap((item) => parse(item) ?? [])
  if (items.length > 0 && models.length === 0) {
    throw new ProviderFault('bad_output', `${where} lists ${items.length} models, none of them readable`)
  }
  return withoutRepeats(models)
}
