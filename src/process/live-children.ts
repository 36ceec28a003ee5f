import { spawn, type ChildProcess } from 'node:child_process'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
const live = new Set<ChildProcess>()

/** Kills a child and everything that it started. A child that is already gone is no error. */
export function killTree(child: ChildProcess): void {
  if (child.pid === undefined) return
  try {
    if (process.platform === 'win32') {
      spawn('taskkill', ['/pid', String(child.pid), '/T', '/F'], {
        stdio: 'ignore',
        windowsHide: true,
      }).on('error', () => undefined)
    } else {
      process.kill(-child.pid, 'SIGKILL')
    }
  } catch {
    // Gone already.
  }
  child.kill('SIGKILL')
}

function killAll(): void {
  for (const child of live) killTree(child)
}

/** Children lead process groups of their own, so Ctrl-C does not reach them: it is passed on here. */
function passOn(signal: NodeJS.Signals): void {
  killAll()
  for (const name of SIGNALS) process.removeListener(name, passOn)
  if (process.listenerCount(signal) === 0) process.kill(process.pid, signal)
}

/** Keeps the child in mind until it ends, so that it does not outlive this process. */
export function trackChild(child: ChildProcess): void {
  if (live.size === 0) {
    process.on('exit', killAll)
    for (const name of SIGNALS) process.on(name, passOn)
  }
  live.add(child)
}

export function forgetChild(child: ChildProcess): void {
  if (!live.delete(child) || live.size > 0) return
  process.removeListener('exit', killAll)
  for (const name of SIGNALS) process.removeListener(name, passOn)
}
