import type { ModelRow } from '../../catalog/index.js'
import { llamaServerArguments } from '../../memory/index.js'
import type { Placed } from '../forecast/protocol.js'
import { whatIf } from '../state/question.js'
import { CopyLine } from './copy-line.js'

interface LineProps {
  /** Name or path of the first file. */
  file: string
  model: ModelRow
  placed: Placed | undefined
}

/** The line that runs a build by llama-server where it was placed; nothing where it does not fit. */
export function ServerLine({ file, model, placed }: LineProps) {
  if (!placed || placed.placement.fit === 'none') return null
  const { context: asked, kv } = whatIf.value
  const context = Math.min(asked ?? model.context.default, model.context.max)
  const load = { context, kv_type_k: kv, kv_type_v: kv }
  return <CopyLine text={llamaServerArguments(file, load, placed.placement).map(quote).join(' ')} />
}

/** An argument as a POSIX shell reads it back. */
function quote(argument: string): string {
  return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`
}
