import { displayWidth, truncate } from './display-width.js'

export interface Column {
  title: string
  align?: 'left' | 'right'
  /** This column gives way where the table is too wide. */
  flexible?: boolean
}

/**
 * Lines of a table that fits `width` columns: gaps shrink from two to one, then the flexible column is cut.
 * Cells are plain text; colour is added to whole lines or cells by `paint`, after the widths are known.
 */
export function formatTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  options: { width: number; paint?: (text: string, row: number, column: number) => string },
): string[] {
  const widths = columns.map((column, index) =>
    Math.max(displayWidth(column.title), ...rows.map((row) => displayWidth(row[index] ?? ''))),
  )
  const gap = fit(columns, widths, options.width)
  const paint = options.paint ?? ((text: string) => text)
  const line = (cells: readonly string[], row: number) =>
    cells
      .map((cell, index) => paint(pad(cell, widths[index] ?? 0, columns[index]?.align), row, index))
      .join(' '.repeat(gap))
      .trimEnd()
  return [
    line(
      columns.map((column) => column.title),
      -1,
    ),
    ...rows.map((row, index) => line(row, index)),
  ]
}

function fit(columns: readonly Column[], widths: number[], width: number): number {
  const total = (gap: number) => widths.reduce((sum, each) => sum + each, 0) + gap * (widths.length - 1)
  const gap = total(2) <= width ? 2 : 1
  const over = total(gap) - width
  const flexible = columns.findIndex((column) => column.flexible)
  if (over > 0 && flexible >= 0) widths[flexible] = Math.max(8, (widths[flexible] ?? 0) - over)
  return gap
}

function pad(cell: string, width: number, align: Column['align']): string {
  const text = truncate(cell, width)
  const space = ' '.repeat(Math.max(0, width - displayWidth(text)))
  return align === 'right' ? space + text : text + space
}
