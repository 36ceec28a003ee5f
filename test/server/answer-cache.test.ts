import { describe, expect, it } from 'vitest'
import { AnswerCache } from '../../src/server/answer-cache.js'

const machine = { name: 'one' }

describe('kept answers', () => {
  it('are made once for all who ask together, and given at once later', async () => {
    const cache = new AnswerCache()
    let made = 0
    const make = async () => `${++made}`
    const together = await Promise.all([1, 2, 3].map(() => cache.get('q', [machine], make)))
    expect(together.map(({ plain }) => String(plain.body))).toEqual(['1', '1', '1'])
    expect(cache.get('q', [machine], make)).toBe(together[0])
  })

  it('are made anew from another machine', async () => {
    const cache = new AnswerCache()
    const first = await cache.get('q', [machine], () => 'a')
    const other = await cache.get('q', [{ ...machine }], () => 'b')
    expect(String(other.plain.body)).toBe('b')
    const again = await cache.get('q', [machine], () => 'a')
    expect(again).not.toBe(first)
    expect(again.plain.etag).toBe(first.plain.etag)
    expect(again.plain.etag).not.toBe(other.plain.etag)
  })

  it('do not come back where another was asked for while they were made', async () => {
    const cache = new AnswerCache()
    const slow = cache.get('q', [{ ...machine }], async () => 'old')
    const next = cache.get('q', [machine], async () => 'new')
    expect(String((await slow).plain.body)).toBe('old')
    expect(String((await next).plain.body)).toBe('new')
    expect(String((await cache.get('q', [machine], () => 'made again')).plain.body)).toBe('new')
  })

  it('are no failures', async () => {
    const cache = new AnswerCache()
    const fail = async () => Promise.reject(new Error('broken'))
    await expect(cache.get('q', [machine], fail)).rejects.toThrow('broken')
    expect(String((await cache.get('q', [machine], () => 'whole')).plain.body)).toBe('whole')
  })

  it('go, the oldest first, where they would take too much memory', async () => {
    const cache = new AnswerCache()
    const large = 'x'.repeat(30 * 1024 ** 2)
    const [first, second] = [await cache.get('1', [], () => large), await cache.get('2', [], () => large)]
    await cache.get('3', [], () => large)
    expect(cache.get('2', [], () => 'made again')).toBe(second)
    expect(await cache.get('1', [], () => 'made again')).not.toBe(first)
  })
})
