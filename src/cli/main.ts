#!/usr/bin/env node
import { setMaxListeners } from 'node:events'
import { processIo } from './io.js'
import { runCli } from './run-cli.js'

const interrupt = new AbortController()
// Every request and download of a run listens to it: there is no leak to warn of.
setMaxListeners(0, interrupt.signal)
let signalled = 0
for (const [name, number] of [
  ['SIGINT', 2],
  ['SIGTERM', 15],
] as const) {
  process.on(name, () => {
    // A second Ctrl-C means now.
    if (signalled) process.exit(128 + number)
    signalled = 128 + number
    interrupt.abort()
  })
}
// A reader that went away (`| head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 3))

const code = await runCli(process.argv.slice(2), processIo(interrupt.signal))
process.exitCode = signalled && code !== 0 ? signalled : code
// Idle connections and timers of a finished command must not keep the process; what was printed must arrive.
process.stdout.write('', () => process.stderr.write('', () => process.exit()))
