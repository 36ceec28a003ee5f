import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { formatGib } from '../../units.js'
import type { GateAnswer } from '../state/gate.js'
import { closeGate, gateBusy, installTarget } from '../state/gate-question.js'
import type { GateTarget } from '../state/gate-question.js'
import { linkTo } from '../state/page-mode.js'
import { modelPath } from '../state/router.js'

interface VerdictProps {
  target: GateTarget
  /** A string is why the gate could not be asked, or why nothing was started. */
  verdict: GateAnswer | string
}

/** The reasons of the gate and the choices that they leave. */
export function GateVerdict({ target, verdict }: VerdictProps) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // Whoever waits at the heading goes on with the keyboard from the answer.
    if (document.activeElement?.matches('.dialog h2'))
      box.current?.querySelector<HTMLElement>('.main')?.focus()
  }, [])
  const refused = typeof verdict === 'string' || verdict.verdict === 'refused'
  const messages = typeof verdict === 'string' ? [verdict] : verdict.reasons.map(({ message }) => message)
  return (
    <div ref={box}>
      {messages.map((message) => (
        <p key={message} class="aside-note" role={refused ? 'alert' : undefined}>
          {message}
        </p>
      ))}
      {refused ? (
        <Refused target={target} verdict={verdict} />
      ) : (
        <Allowed target={target} verdict={verdict} />
      )}
    </div>
  )
}

function Allowed({ target, verdict }: { target: GateTarget; verdict: GateAnswer }) {
  return (
    <>
      <p class="small muted">{diskWords(verdict)}</p>
      {verdict.verdict === 'warned' && <p>Install it anyway?</p>}
      <Choices target={target}>
        <InstallButton word="Install" force={false} main />
      </Choices>
    </>
  )
}

function Refused({ target, verdict }: VerdictProps) {
  const overridable = typeof verdict !== 'string' && verdict.reasons.every((reason) => reason.overridable)
  return (
    <>
      <Choices target={target}>
        <a class="button main" href={linkTo('')} onClick={closeGate}>
          See what fits
        </a>
      </Choices>
      {overridable && (
        <details class="small">
          <summary>Details</summary>
          <p class="muted">It will not run well, or not at all, until memory is freed.</p>
          <InstallButton word="Install anyway" force />
        </details>
      )}
    </>
  )
}

function InstallButton({ word, force, main = false }: { word: string; force: boolean; main?: boolean }) {
  return (
    <button
      class={main ? 'button main' : 'button'}
      type="button"
      disabled={gateBusy.value}
      onClick={() => void installTarget(force)}
    >
      {word}
    </button>
  )
}

/** The first choice, and the two that are always left. */
function Choices({ target, children }: { target: GateTarget; children: ComponentChildren }) {
  return (
    <p class="buttons">
      {children}
      <a class="button" href={modelPath(target.model.id)} onClick={closeGate}>
        Choose a smaller build
      </a>
      <button class="button plain" type="button" onClick={closeGate}>
        Not now
      </button>
    </p>
  )
}

function diskWords({ disk_needed_bytes: needed, disk_free_bytes: free }: GateAnswer): string {
  if (needed === null) return ''
  return `${formatGib(needed)} to download${free === null ? '' : `, ${formatGib(free, 0)} free on disk`}.`
}
