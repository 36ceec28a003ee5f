import type { Io } from './io.js'

export interface Segment {
  bytes: number
  /** Letter-like sign of the segment, readable without colour. */
  sign: string
  style: Parameters<Io['style']>[0]
}

/**
 * A bar of `width` characters for `total` bytes: segments in order, the rest as dots. A segment that is not
 * empty takes at least one character, borrowed from the longest, so that the end of the bar stays right.
 */
export function drawBar(segments: readonly Segment[], total: number, width: number, io: Io): string {
  const used = segments.reduce((sum, segment) => sum + segment.bytes, 0)
  const end = Math.min(width, Math.max(used > 0 ? 1 : 0, Math.round((used / total) * width)))
  const lengths = shareOut(segments, used, end)
  const drawn = segments.map((segment, index) =>
    io.style(segment.style, segment.sign.repeat(lengths[index] ?? 0)),
  )
  return drawn.join('') + io.style('dim', '·'.repeat(width - end))
}

function shareOut(segments: readonly Segment[], used: number, end: number): number[] {
  const lengths = segments.map(({ bytes }) =>
    bytes > 0 && end > 0 ? Math.max(1, Math.round((bytes / used) * end)) : 0,
  )
  let over = lengths.reduce((sum, length) => sum + length, 0) - end
  while (over !== 0) {
    const longest = lengths.indexOf(Math.max(...lengths))
    if (over > 0 && (lengths[longest] ?? 0) <= 1) break
    lengths[longest] = (lengths[longest] ?? 0) - Math.sign(over)
    over -= Math.sign(over)
  }
  return lengths
}
