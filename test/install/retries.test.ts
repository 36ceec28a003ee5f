import { describe, expect, it } from 'vitest'
import { HttpFailure } from '../../src/http/index.js'
import { RetryBudget } from '../../src/install/retries.js'

/** With a signal that has fired, a pause ends at once: `CANCELLED` means that another try would come. */
const NO_PAUSE = AbortSignal.abort()

async function outcomes(failures: [HttpFailure, boolean?][]): Promise<string[]> {
  const budget = new RetryBudget()
  const codes: string[] = []
  for (const [failure, progressed] of failures) {
    await budget
      .wait(failure, NO_PAUSE, progressed)
      .catch((error: { code: string }) => codes.push(error.code))
  }
  return codes
}

const silent = new HttpFailure('timed_out', 'silent')
const broken = new HttpFailure('reset', 'broken')

describe('RetryBudget', () => {
  it('gives a server that says nothing one second chance', async () => {
    expect(await outcomes([[silent], [silent]])).toEqual(['CANCELLED', 'HTTP_ERROR'])
  })

  it('does not count silence that follows new bytes', async () => {
    expect(await outcomes([[silent, true], [silent], [silent]])).toEqual([
      'CANCELLED',
      'CANCELLED',
      'HTTP_ERROR',
    ])
  })

  it('tries five times again, and counts from new with every new byte', async () => {
    const six: [HttpFailure, boolean?][] = Array.from({ length: 6 }, () => [broken])
    expect(await outcomes(six)).toEqual([...Array.from({ length: 5 }, () => 'CANCELLED'), 'HTTP_ERROR'])
    expect(await outcomes([...six.slice(1), [broken, true]])).not.toContain('HTTP_ERROR')
  })

  it('passes on what another try cannot mend', async () => {
    const missing = new HttpFailure('http_error', 'gone', { status: 410 })
    await expect(new RetryBudget().wait(missing)).rejects.toBe(missing)
  })
})
