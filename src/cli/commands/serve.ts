import { AlmanacError } from '../../errors.js'
import type { Command } from '../command.js'
import type { Io } from '../io.js'
import { MACHINE_OPTIONS, textOption } from '../options.js'
import { readVersion } from '../version.js'

const DEFAULT_HOST = '127.0.0.1'
const DEFAULT_PORT = 8642

export const serveCommand: Command = {
  name: 'serve',
  summary: 'serve the HTTP API and the web page to this machine until Ctrl-C',
  options: {
    host: { value: 'HOST', description: `address to listen at; default ${DEFAULT_HOST}: this machine only` },
    port: { value: 'PORT', description: `port to listen at; default ${DEFAULT_PORT}; 0: any free one` },
    ...MACHINE_OPTIONS,
  },
  examples: ['llm-almanac serve', 'llm-almanac serve --port 9000', 'llm-almanac serve --replay machine.json'],
  async run({ values }, io) {
    const port = portOption(textOption(values, 'port'))
    const host = textOption(values, 'host') ?? DEFAULT_HOST
    if (host.trim() === '')
      throw new AlmanacError('BAD_USAGE', '--host is empty', 'leave it out for 127.0.0.1')
    const { createLivePorts, isLoopback, startServer } = await import('../../server/index.js')
    const replay = textOption(values, 'replay')
    const ports = createLivePorts(io.env, replay === undefined ? {} : { replay })
    const server = await startServer({ host, port, ports, version: readVersion() })
    io.out(`llm-almanac: ${server.url}\n`)
    if (!isLoopback(host)) {
      io.err(
        `Warning: ${host} can be reached from other machines. Whoever reaches it can install and remove models; there is no password.\n`,
      )
    }
    await untilStopped(io)
    await server.close()
    return 0
  },
}

function portOption(text: string | undefined): number {
  if (text === undefined) return DEFAULT_PORT
  const port = /^\d{1,5}$/.test(text) ? Number(text) : NaN
  if (port <= 65_535) return port
  throw new AlmanacError(
    'BAD_USAGE',
    `--port takes a port number from 0 to 65535, got "${text.slice(0, 60)}"`,
    `leave it out for ${DEFAULT_PORT}`,
  )
}

function untilStopped({ signal }: Io): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
