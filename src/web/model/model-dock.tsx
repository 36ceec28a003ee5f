import type { BuildRow, ModelRow } from '../../catalog/index.js'
import { formatContext } from '../../units.js'
import type { Placed } from '../forecast/protocol.js'
import { machineName } from '../home/machine-row.js'
import { InstallAction } from '../installed/install-action.js'
import { machine } from '../state/machine.js'
import { IS_STATIC } from '../state/page-mode.js'
import { whatIf } from '../state/question.js'

/** On phones: the verdict and the button, always in view. */
export function ModelDock({
  model,
  build,
  placed,
}: {
  model: ModelRow
  build: BuildRow
  placed: Placed | undefined
}) {
  if (!placed) return null
  const here = machine.value
  const context = formatContext(Math.min(placed.context, model.context.max))
  return (
    <div class="dock">
      <div class="dock-text">
        <p class="strong">
          {context}, {whatIf.value.kv}: <span class={placed.verdict.tone}>{placed.verdict.short}</span>
        </p>
        <p class="small muted">
          {build.quantization}
          {here ? `, ${machineName(here)}` : ''}
        </p>
      </div>
      {IS_STATIC ? (
        <a class="button main" href="#get">
          Get it
        </a>
      ) : (
        <InstallAction model={model} build={build} main fits />
      )}
    </div>
  )
}
