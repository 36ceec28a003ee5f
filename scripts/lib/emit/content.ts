/**
 * The text of a generated file, piece by piece and as often as it is asked for: the tables of ten thousand models
 * are 260 MB, of which a line at a time is in memory.
 */
export type Content = () => Iterable<string>

export function textOf(content: Content): string {
  return [...content()].join('')
}
