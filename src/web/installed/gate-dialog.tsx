import { useEffect, useRef } from 'preact/hooks'
import { batch, signal } from '@preact/signals'
import type { BuildRow, ModelRow } from '../../catalog/index.js'
import { formatGib } from '../../units.js'
import { Dialog } from '../shell/dialog.js'
import { fetchGate } from '../state/gate.js'
import type { GateAnswer } from '../state/gate.js'
import { providerName, runningProviders } from '../state/installed.js'
import { startInstall } from '../state/installs.js'
import { linkTo } from '../state/page-mode.js'
import { whatIf } from '../state/question.js'
import { modelPath } from '../state/router.js'

interface Asked {
  model: ModelRow
  build: BuildRow
  provider: string
}

const asked = signal<Asked | null>(null)
const answer = signal<GateAnswer | string | null>(null)
const busy = signal(false)

/** Providers that can be given a download now; a plain file always can. */
export function installTargets(): string[] {
  return ['ollama', 'lmstudio'].filter((id) => runningProviders.value.includes(id)).concat('file')
}

/** Asks the gate, and starts at once where it has nothing to say. */
export async function openGate(
  model: ModelRow,
  build: BuildRow,
  provider = installTargets()[0] ?? 'file',
): Promise<void> {
  await askGate({ model, build, provider }, 'start')
}

/** Shows what the gate says of a build and who would get it; an install that needs no question just starts. */
async function askGate(target: Asked, then: 'start' | 'show'): Promise<void> {
  if (busy.peek()) return
  busy.value = true
  batch(() => {
    asked.value = target
    answer.value = null
  })
  const { model, build, provider } = target
  const verdict = await fetchGate(specOf(model, build), provider, whatIf.peek().context)
  busy.value = false
  if (asked.peek() !== target) return
  const open = typeof verdict !== 'string' && verdict.verdict === 'allowed'
  if (open && then === 'start') await install(false)
  else answer.value = verdict
}

const specOf = (model: ModelRow, build: BuildRow) => `${model.id}@${build.quantization}`

async function install(force: boolean): Promise<void> {
  const target = asked.peek()
  if (!target || busy.peek()) return
  busy.value = true
  const result = await startInstall(specOf(target.model, target.build), target.provider, force)
  busy.value = false
  if (result.ok) asked.value = null
  else answer.value = result.message
}

const close = () => (asked.value = null)

/** What the gate says before a download, with the choices that are left. */
export function GateDialog() {
  const target = asked.value
  if (!target) return null
  const { model, build } = target
  return (
    <Dialog label={`Install ${model.name}`} onClose={close}>
      <h2 tabIndex={-1} autofocus>
        Install {model.name} <code>{build.quantization}</code>
      </h2>
      {installTargets().length > 1 && <TargetField target={target} />}
      {answer.value === null ? (
        <p class="muted" role="status">
          Checking memory and disk…
        </p>
      ) : (
        <Verdict target={target} verdict={answer.value} />
      )}
    </Dialog>
  )
}

function TargetField({ target: { model, build, provider } }: { target: Asked }) {
  return (
    <div class="field">
      <label class="field-label" for="install-target">
        Install with
      </label>
      <select
        id="install-target"
        class="select"
        value={provider}
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

function Verdict({ target, verdict }: { target: Asked; verdict: GateAnswer | string }) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // Whoever waits at the heading goes on with the keyboard from the answer.
    if (document.activeElement?.matches('.dialog h2'))
      box.current?.querySelector<HTMLElement>('.main')?.focus()
  }, [])
  return (
    <div ref={box}>
      <Choices target={target} verdict={verdict} />
    </div>
  )
}

function Choices({ target, verdict }: { target: Asked; verdict: GateAnswer | string }) {
  if (typeof verdict === 'string') return <Refused target={target} reasons={[verdict]} overridable={false} />
  const messages = verdict.reasons.map(({ message }) => message)
  if (verdict.verdict === 'refused') {
    const overridable = verdict.reasons.every((reason) => reason.overridable)
    return <Refused target={target} reasons={messages} overridable={overridable} />
  }
  return (
    <>
      {messages.map((message) => (
        <p key={message} class="aside-note">
          {message}
        </p>
      ))}
      <p class="small muted">{diskWords(verdict)}</p>
      {verdict.verdict === 'warned' && <p>Install it anyway?</p>}
      <p class="buttons">
        <button class="button main" type="button" disabled={busy.value} onClick={() => void install(false)}>
          Install
        </button>
        <a class="button" href={modelPath(target.model.id)} onClick={close}>
          Choose a smaller build
        </a>
        <button class="button plain" type="button" onClick={close}>
          Not now
        </button>
      </p>
    </>
  )
}

function Refused({
  target,
  reasons,
  overridable,
}: {
  target: Asked
  reasons: string[]
  overridable: boolean
}) {
  return (
    <>
      {reasons.map((reason) => (
        <p key={reason} class="aside-note" role="alert">
          {reason}
        </p>
      ))}
      <p class="buttons">
        <a class="button main" href={linkTo('')} onClick={close}>
          See what fits
        </a>
        <a class="button" href={modelPath(target.model.id)} onClick={close}>
          Choose a smaller build
        </a>
        <button class="button plain" type="button" onClick={close}>
          Not now
        </button>
      </p>
      {overridable && (
        <details class="small">
          <summary>Details</summary>
          <p class="muted">It will not run well, or not at all, until memory is freed.</p>
          <button class="button" type="button" disabled={busy.value} onClick={() => void install(true)}>
            Install anyway
          </button>
        </details>
      )}
    </>
  )
}

function diskWords({ disk_needed_bytes: needed, disk_free_bytes: free }: GateAnswer): string {
  if (needed === null) return ''
  return `${formatGib(needed)} to download${free === null ? '' : `, ${formatGib(free, 0)} free on disk`}.`
}
