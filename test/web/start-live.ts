import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLivePorts } from '../../src/server/live-ports.js'
import { startServer } from '../../src/server/index.js'
import { buildPage } from './build-page.js'
import { RECORDED, writeRecording } from './recordings.js'
import type { Recorded, RecordedName } from './recordings.js'

/** Nobody listens there. */
const NOBODY = 'http://127.0.0.1:9'

export interface LiveServer {
  url: string
  port: number
  /** Settings, partial downloads and `models`. */
  home: string
  /** The recording that stands for the machine. */
  recording: string
  close(): Promise<void>
}

export interface LiveOptions {
  machine?: RecordedName | Recorded
  /** Addresses of look-alikes. */
  env?: Record<string, string>
  home?: string
  port?: number
}

/** The real server with the real adapters, before local look-alikes and a recorded machine. */
export async function startLive(options: LiveOptions = {}): Promise<LiveServer> {
  const { machine = 'one card', env = {}, port = 0 } = options
  const home = options.home ?? mkdtempSync(join(tmpdir(), 'almanac-home-'))
  const recording = writeRecording(typeof machine === 'string' ? RECORDED[machine] : machine)
  const ports = createLivePorts(
    {
      OLLAMA_HOST: NOBODY,
      LM_STUDIO_URL: NOBODY,
      LLAMA_SERVER_URL: NOBODY,
      HF_ENDPOINT: NOBODY,
      LLM_ALMANAC_HOME: home,
      ...env,
    },
    { replay: recording },
  )
  const { url, close } = await startServer({ port, ports, page_folder: await buildPage() })
  return { url, port: Number(new URL(url).port), home, recording, close }
}
