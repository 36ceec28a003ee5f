import { describe, expect, it } from 'vitest'
import { drawBar } from '../../src/cli/bar.js'
import { displayWidth, printable, truncate } from '../../src/cli/display-width.js'
import { wantsColor } from '../../src/cli/io.js'
import { formatDuration, ProgressLine } from '../../src/cli/progress-line.js'
import { suggest } from '../../src/cli/suggest.js'
import { formatTable } from '../../src/cli/table.js'
import { wrap } from '../../src/cli/wrap.js'
import { fakeIo } from './fake-io.js'

const io = fakeIo()

describe('drawBar', () => {
  const segment = (bytes: number, sign: string) => ({ bytes, sign, style: 'blue' as const })

  it('ends where the sum of its segments ends', () => {
    expect(drawBar([segment(50, 'a'), segment(25, 'b')], 100, 8, io)).toBe('aaaabb··')
  })
  it('draws a segment that is too small to see, and borrows it from the longest', () => {
    expect(drawBar([segment(1000, 'a'), segment(1, 'b')], 1001, 10, io)).toBe('aaaaaaaaab')
  })
  it('never grows beyond its width', () => {
    expect(drawBar([segment(300, 'a'), segment(1, 'b'), segment(1, 'c')], 100, 10, io)).toHaveLength(10)
  })
  it('draws nothing for nothing', () => expect(drawBar([], 100, 4, io)).toBe('····'))
})

describe('formatTable', () => {
  it('lines columns up, numbers to the right', () => {
    const lines = formatTable(
      [{ title: 'Name' }, { title: 'GiB', align: 'right' }],
      [
        ['a', '1.0'],
        ['longer', '12.0'],
      ],
      { width: 80 },
    )
    expect(lines).toEqual(['Name     GiB', 'a        1.0', 'longer  12.0'])
  })
  it('cuts the flexible column where the terminal is narrow', () => {
    const lines = formatTable(
      [{ title: 'Name', flexible: true }, { title: 'X' }],
      [['a-very-long-name-indeed', 'yes']],
      { width: 16 },
    )
    expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(16)
    expect(lines[1]).toContain('…')
  })
})

describe('text', () => {
  it('counts wide letters as two columns', () => expect(displayWidth('模型7b')).toBe(6))
  it('cuts between letters', () => expect(truncate('模型模型', 5)).toBe('模型…'))
  it('shows control and direction characters as question marks', () => {
    expect(printable('a\u001b[2Jb\u202ec\nd')).toBe('a?[2Jb?c?d')
  })
  it('wraps between words, with an indent', () =>
    expect(wrap('one two three', 9, '  ')).toEqual(['  one two', '  three']))
  it('suggests only what is near', () => {
    expect(suggest('modls', ['models', 'show'])).toBe('models')
    expect(suggest('zzz', ['models', 'show'])).toBeUndefined()
  })
  it('writes durations as people say them', () => {
    expect([5, 90, 3725].map(formatDuration)).toEqual(['5 s', '1 min 30 s', '1 h 2 min'])
  })
})

describe('colours', () => {
  it.each([
    [{}, true, true],
    [{}, false, false],
    [{ NO_COLOR: '1' }, true, false],
    [{ TERM: 'dumb' }, true, false],
  ])('with %j on a terminal: %j → %j', (env, terminal, wanted) =>
    expect(wantsColor(env, terminal)).toBe(wanted),
  )
})

describe('ProgressLine', () => {
  const progress = {
    type: 'progress',
    phase: 'downloading',
    completed_bytes: 2 ** 30,
    total_bytes: 2 ** 32,
    bytes_per_second: 1e8,
  } as const

  it('shows bar, share, amounts, speed and the time left', () => {
    expect(new ProgressLine(io).describe(progress)).toBe(
      '████████······················  25%  1.1 of 4.3 GB  100 MB/s  33 s left',
    )
  })
  it.each([
    [80, { part: 12, parts: 15, total_bytes: 404_494_088_576, bytes_per_second: 9_999_999 }],
    [40, {}],
    [20, { part: 1, parts: 3 }],
    [80, { total_bytes: null }],
    [80, { phase: 'verifying' }],
  ] as const)('fits %d columns: %j', (columns, more) => {
    const line = new ProgressLine(fakeIo({ columns })).describe({ ...progress, ...more })
    expect(line.length).toBeLessThan(columns)
    expect(line).toMatch(/\d/)
  })
  it('says that nothing comes rather than an old speed', () => {
    const line = new ProgressLine(io).describe(progress, 7)
    expect(line).toMatch(/1\.1 of 4\.3 GB {2}nothing came for 7 s$/)
  })
  it('is silent where stderr is a pipe', () => {
    const pipe = fakeIo()
    new ProgressLine(pipe).update(progress)
    expect(pipe.stderr()).toBe('')
  })
})
