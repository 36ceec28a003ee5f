import type { Diagnostic } from './diagnostic.js'
import { show } from './show.js'

export type Kind = 'model' | 'family' | 'gpus' | 'quantizations' | 'tiers' | 'providers' | 'size-exceptions'

export interface Placed {
  kind: Kind
  /** `qwen3:8b` of a model, `qwen3` of a family, `nvidia` of a GPU list, else the kind. */
  id: string
}

const NAME = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/
/** Names that Windows keeps for devices, whatever follows the first dot. */
const DEVICE = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)/
const MAX_NAME = 60
const VENDORS = ['amd', 'apple', 'intel', 'nvidia']
const LISTS = ['quantizations', 'tiers', 'providers', 'size-exceptions'] as const

/** Lists that every catalog has. */
export const REQUIRED_FILES = ['quantizations', 'tiers', 'providers'].map((name) => `catalog/${name}.yaml`)

/** What a file of the catalog holds, by its path alone; or what is wrong with the path. */
export function placeFile(file: string): Placed | Diagnostic {
  const parts = file.split('/').slice(1)
  const base = parts.at(-1) ?? ''
  if (!base.endsWith('.yaml')) return wrongExtension(file, base)
  const stem = base.slice(0, -'.yaml'.length)
  if (parts.length === 1) return placeList(file, stem)
  if (parts[0] === 'gpus' && parts.length === 2) return placeGpus(file, stem)
  if (parts[0] !== 'models') return misplaced(file)
  const [, family = ''] = parts
  if (parts.length !== 3) return misplaced(file)
  for (const name of [family, stem])
    if (!NAME.test(name) || DEVICE.test(name) || name.length > MAX_NAME) return badName(file, name)
  if (stem === 'family') return { kind: 'family', id: family }
  return { kind: 'model', id: `${family}:${stem}` }
}

function placeList(file: string, stem: string): Placed | Diagnostic {
  const kind = LISTS.find((name) => name === stem)
  return kind ? { kind, id: kind } : misplaced(file)
}

function placeGpus(file: string, stem: string): Placed | Diagnostic {
  if (VENDORS.includes(stem)) return { kind: 'gpus', id: stem }
  return wrong(
    file,
    'path/name',
    `${show(stem)} is no GPU vendor that is known`,
    `use one of: ${VENDORS.map((name) => `${name}.yaml`).join(', ')}`,
  )
}

function wrongExtension(file: string, base: string): Diagnostic {
  const renamed = base.replace(/\.[^.]*$/, '')
  return wrong(
    file,
    'path/extension',
    `${show(base)} does not end in .yaml, so nothing reads it`,
    `rename it to ${show(`${renamed}.yaml`)}, or move it out of catalog/`,
  )
}

function misplaced(file: string): Diagnostic {
  return wrong(
    file,
    'path/layout',
    'no file of the catalog belongs here',
    'models are catalog/models/<family>/<size>.yaml, GPUs catalog/gpus/<vendor>.yaml',
  )
}

function badName(file: string, name: string): Diagnostic {
  if (DEVICE.test(name))
    return wrong(
      file,
      'path/name',
      `${show(name)} is a device on Windows, so no file there can have the name`,
      'choose another name',
    )
  const suggestion = name
    .toLowerCase()
    .replace(/[^a-z0-9.-]+/g, '-')
    .replace(/^[.-]+|[.-]+$/g, '')
    .slice(0, MAX_NAME)
  return wrong(
    file,
    'path/name',
    `${show(name)} is no family or size name: at most ${MAX_NAME} lower-case letters, digits, "." and "-", no "." or "-" at either end`,
    `rename it to ${show(suggestion)}`,
  )
}

function wrong(file: string, rule: string, message: string, hint: string): Diagnostic {
  return { rule, severity: 'error', file, line: 1, col: 1, message, hint }
}
