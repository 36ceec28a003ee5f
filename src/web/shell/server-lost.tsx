import { machineState, refreshMachine } from '../state/machine.js'

/** Stands above every page while our own server is away. */
export function ServerLost() {
  if (machineState.value !== 'lost') return null
  return (
    <div class="aside-note notice lost" role="alert">
      <span>
        llm-almanac has stopped answering. Start it again with <code>llm-almanac serve</code>; this page
        reconnects.
      </span>
      <button class="button" type="button" onClick={() => void refreshMachine()}>
        Check again
      </button>
    </div>
  )
}
