import { findModel } from '../../catalog/index.js'
import { AlmanacError } from '../../errors.js'
import { ContextStore, SettingsFile } from '../../registry/index.js'
import { loadResolver } from '../../registry/resolver.js'
import type { Command } from '../command.js'
import { JSON_OPTION } from '../command.js'
import { findNamedModel } from '../find-build.js'
import { countOption } from '../options.js'
import { printJson } from '../print-json.js'
import { homeOf } from '../world.js'

const LONGEST = 16_777_216

export const contextCommand: Command = {
  name: 'context',
  arguments: 'MODEL [N|reset]',
  summary:
    "show, set or reset the context length that is saved for a model; any provider's name of the model will do",
  options: { json: JSON_OPTION },
  examples: [
    'llm-almanac context qwen3:8b',
    'llm-almanac context qwen3:8b 16K',
    'llm-almanac context qwen3:8b reset',
  ],
  async run({ values, positionals }, io) {
    const [name, change] = positionals
    if (name === undefined || positionals.length > 2) {
      throw new AlmanacError('BAD_USAGE', 'context takes MODEL and at most one of N or reset')
    }
    const { id } = await findNamedModel(name)
    const limits = findModel(id)?.context ?? { default: null, max: null }
    const store = new ContextStore(new SettingsFile(homeOf(io)), await loadResolver())
    const named = { name: id, limits }
    const state = change === undefined ? await store.get(named) : await apply(store, named, change)
    for (const warning of state.warnings) io.err(`llm-almanac: ${warning}\n`)
    if (values['json']) printJson(io, state)
    else {
      const saved = state.is_override ? `saved; default ${state.default}` : 'default'
      io.out(`${state.model}: ${state.current} tokens (${saved}, at most ${state.max ?? 'unknown'})\n`)
    }
    return 0
  },
}

type Named = Parameters<ContextStore['get']>[0]

function apply(store: ContextStore, named: Named, change: string) {
  if (change === 'reset') return store.reset(named)
  const tokens = countOption({ N: change }, 'N', { min: 1, max: LONGEST })
  return store.set(named, tokens)
}
