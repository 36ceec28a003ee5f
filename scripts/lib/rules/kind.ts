import type { ModelFile } from '../../../generated/authored.js'
import type { Rule } from '../sources.js'

interface Mistake {
  rule: string
  field: keyof ModelFile
  message: string
}

/** Architectures that turn text into vectors only. */
const ENCODER = /bert/

/** What a model can do fits its kind. */
export const kind: Rule = {
  ids: ['kind/embedding', 'kind/modalities'],
  check(sources, report) {
    for (const entry of sources.models)
      for (const { field, ...rest } of mistakesOf(entry.data))
        report({ ...rest, entry, path: [field], hint: 'correct the field, or kind' })
  },
}

function mistakesOf(data: ModelFile): Mistake[] {
  const { architecture, modalities } = data
  if (!modalities.includes('text'))
    return [{ rule: 'kind/modalities', field: 'modalities', message: 'modalities lacks text' }]
  const name = architecture['general.architecture']
  if (data.kind === 'chat' && ENCODER.test(name))
    return [
      {
        rule: 'kind/embedding',
        field: 'kind',
        message: `kind is chat, but the architecture ${name} only embeds`,
      },
    ]
  if (data.kind !== 'embedding') return []
  const facts: readonly (readonly [keyof ModelFile, boolean])[] = [
    ['tools', data.tools === true],
    ['thinking', data.thinking !== 'no'],
    ['quality', data.quality !== undefined],
    ['tool_call_format', data.tool_call_format !== undefined],
  ]
  const first = facts.find(([, wrong]) => wrong)?.[0]
  if (first === undefined) return []
  return [
    {
      rule: 'kind/embedding',
      field: first,
      message: `kind is embedding, but ${first} is that of a chat model`,
    },
  ]
}
