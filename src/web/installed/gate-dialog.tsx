import { Dialog } from '../shell/dialog.js'
import { askGate, closeGate, gateAnswer, gateTarget, installTargets } from '../state/gate-question.js'
import type { GateTarget } from '../state/gate-question.js'
import { providerName } from '../state/installed.js'
import { GateVerdict } from './gate-verdict.js'

/** What the gate says before a download, with the choices that are left. */
export function GateDialog() {
  const target = gateTarget.value
  if (!target) return null
  const { model, build } = target
  return (
    <Dialog label={`Install ${model.name}`} onClose={closeGate}>
      <h2 tabIndex={-1} autofocus>
        Install {model.name} <code>{build.quantization}</code>
      </h2>
      {target.provider !== null && installTargets().length > 1 && <TargetField target={target} />}
      {gateAnswer.value === null ? (
        <p class="muted" role="status">
          Checking memory and disk…
        </p>
      ) : (
        <GateVerdict target={target} verdict={gateAnswer.value} />
      )}
    </Dialog>
  )
}

function TargetField({ target: { model, build, provider } }: { target: GateTarget }) {
  return (
    <div class="field">
      <label class="field-label" for="install-target">
        Install with
      </label>
      <select
        id="install-target"
        class="select"
        value={provider ?? undefined}
        onChange={(event) => void askGate({ model, build, provider: event.currentTarget.value }, 'show')}
      >
        {installTargets().map((id) => (
          <option key={id} value={id}>
            {id === 'file' ? 'A file, for llama-server' : providerName(id)}
          </option>
        ))}
      </select>
    </div>
  )
}
