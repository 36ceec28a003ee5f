/** The model that the user chose, as its provider names it. */
export interface SelectedModel {
  name: string
  provider: string
  /** Catalog id, where the name means one. */
  model: string | null
}

/** What a person saved. Members that this version does not know are kept as they are. */
export interface Settings {
  /** Context lengths in tokens, by `contextKey`. */
  contexts: ReadonlyMap<string, number>
  selected: SelectedModel | null
}

export const SETTINGS_FORMAT = 'llm-almanac-settings/1'

type Raw = Readonly<Record<string, unknown>>

function isRecord(value: unknown): value is Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The object of a settings file, or `null` where the text is none. */
export function parseSettingsText(text: string): Raw | null {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return null
  }
  if (!isRecord(value)) return null
  return value['contexts'] === undefined || isRecord(value['contexts']) ? value : null
}

function parseSelected(value: unknown): SelectedModel | null {
  if (!isRecord(value)) return null
  const { name, provider, model } = value
  if (typeof name !== 'string' || typeof provider !== 'string') return null
  return { name, provider, model: typeof model === 'string' ? model : null }
}

/** The usable part of a settings object: a value of a wrong type counts as not saved. */
export function parseSettings(raw: Raw): Settings {
  const contexts = isRecord(raw['contexts']) ? Object.entries(raw['contexts']) : []
  const valid = contexts.flatMap(([key, value]): [string, number][] =>
    typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? [[key, value]] : [],
  )
  return { contexts: new Map(valid), selected: parseSelected(raw['selected']) }
}

/** A change of one member; `null` removes it. */
export type SettingsChange =
  { context: { key: string; tokens: number | null } } | { selected: SelectedModel | null }

/** The object with one change made and everything else kept. */
export function applyChange(raw: Raw, change: SettingsChange): Raw {
  const base = { format: SETTINGS_FORMAT, ...raw }
  if ('selected' in change) return { ...base, selected: change.selected }
  const { key, tokens } = change.context
  const before = isRecord(raw['contexts']) ? Object.entries(raw['contexts']) : []
  const others = before.filter(([name]) => name !== key)
  return { ...base, contexts: Object.fromEntries(tokens === null ? others : [...others, [key, tokens]]) }
}
