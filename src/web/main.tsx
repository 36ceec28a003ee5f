import { render } from 'preact'
import './styles/tokens.css'
import './styles/base.css'
import './styles/controls.css'
import './styles/shell.css'
import './styles/bar.css'
import './styles/what-if.css'
import './styles/home.css'
import './styles/installed.css'
import './styles/model.css'
import './styles/tables.css'
import { App } from './shell/app.js'
import { startInstalled } from './state/installed.js'
import { startInstalls } from './state/installs.js'
import { startLiveRows } from './state/live-rows.js'
import { refreshMachine } from './state/machine.js'
import { IS_STATIC } from './state/page-mode.js'
import { startRanking } from './state/ranking.js'
import { startRouter } from './state/router.js'

const root = document.getElementById('app')
if (root) {
  startRouter()
  startRanking()
  startLiveRows()
  if (!IS_STATIC) {
    void refreshMachine()
    startInstalled()
    startInstalls()
    window.addEventListener('focus', () => void refreshMachine())
  }
  // What was prerendered for readers without script makes room for the page itself.
  root.replaceChildren()
  render(<App />, root)
}
