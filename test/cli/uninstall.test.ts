import { createServer } from 'node:http'
import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { confirm } from '../../src/cli/confirm.js'
import { runCli } from '../../src/cli/run-cli.js'
import { fakeIo } from './fake-io.js'

const typing = (text: string) => ({
  isInTerminal: true,
  readStdin: async function* () {
    yield text
  },
})

describe('confirm', () => {
  it.each([
    ['y\n', true],
    ['YES\n', true],
    ['\n', false],
    ['yesterday\n', false],
    ['', false],
  ])('takes %j for %s', async (text, expected) => {
    expect(await confirm('Remove it?', fakeIo(typing(text)))).toBe(expected)
  })

  it('does not take an answer from a pipe', async () => {
    const io = fakeIo({ ...typing('y\n'), isInTerminal: false })
    await expect(confirm('Remove it?', io)).rejects.toMatchObject({ code: 'BAD_USAGE' })
    expect(io.stderr()).toBe('')
  })
})

/** Nothing listens at port 1. */
const NOBODY = 'http://127.0.0.1:1'

async function uninstall(lmStudio: string, ...argv: string[]): Promise<string> {
  const env = { OLLAMA_HOST: NOBODY, LM_STUDIO_URL: lmStudio, LLAMA_SERVER_URL: NOBODY }
  const io = fakeIo({ env })
  await runCli(['uninstall', 'qwen3:8b', ...argv], io)
  return io.stderr()
}

describe('uninstall', () => {
  it('says that nobody runs who could have the model', async () => {
    expect(await uninstall(NOBODY)).toBe(
      'llm-almanac: no provider is running, so nothing was removed; start the one that has the model first\n',
    )
  })

  it('does not say of a provider that does not run that it lacks the model, whoever else runs', async () => {
    const server = createServer((_, response) => {
      response.setHeader('content-type', 'application/json')
      response.end('{"object":"list","data":[],"models":[]}')
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    const running = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
    expect(await uninstall(running, '--provider', 'ollama')).toBe(
      'llm-almanac: ollama is not running, so nothing was removed; start ollama first\n',
    )
    expect(await uninstall(running)).toContain('no provider that is running has "qwen3:8b"')
    server.close()
    server.closeAllConnections()
  })
})
