import { describe, expect, it } from 'vitest'
import { confirm } from '../../src/cli/confirm.js'
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
