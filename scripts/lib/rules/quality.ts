import type { ModelFile, Quality } from '../../../generated/authored.js'
import { show } from '../show.js'
import type { ModelEntry, Report, Rule } from '../sources.js'

interface Mistake {
  rule: string
  field: keyof Quality
  message: string
  hint: string
}

/** The quality index agrees with itself and with what the model can do. */
export const quality: Rule = {
  ids: ['quality/thinking', 'quality/index', 'quality/rows', 'quality/boards'],
  check(sources, report) {
    for (const entry of sources.models) {
      const { quality: index, thinking } = entry.data
      if (!index) continue
      for (const { field, ...rest } of [
        ...thinkingMistakes(index, thinking),
        ...indexMistakes(index),
        ...rowMistakes(index),
      ])
        report({ ...rest, entry, path: ['quality', field] })
      reportTwice(entry, index, report)
    }
  },
}

function reportTwice(entry: ModelEntry, { boards }: Quality, report: Report): void {
  const names = boards.map(({ name }) => name.toLowerCase())
  for (const [index, board] of boards.entries())
    if (names.indexOf(board.name.toLowerCase()) < index)
      report({
        rule: 'quality/boards',
        entry,
        path: ['quality', 'boards', index, 'name'],
        message: `board ${show(board.name)} is named twice`,
        hint: 'add up its rows under one entry',
      })
}

function thinkingMistakes(index: Quality, thinking: ModelFile['thinking']): Mistake[] {
  const rule = 'quality/thinking'
  const impossible = { no: 'thinking_on', yes: 'thinking_off', hybrid: undefined }[thinking]
  if (impossible === undefined) return []
  const field = impossible === 'thinking_on' ? 'thinking_on' : 'thinking_off'
  const message = `but the model has thinking: ${thinking}`
  if (index[field] !== undefined)
    return [
      { rule, field, message: `${field} is given, ${message}`, hint: `remove ${field}, or correct thinking` },
    ]
  if (index.mode === impossible)
    return [
      {
        rule,
        field: 'mode',
        message: `mode is ${impossible}, ${message}`,
        hint: 'remove mode, or correct thinking',
      },
    ]
  return []
}

function indexMistakes(index: Quality): Mistake[] {
  const inMode = index.mode === undefined ? undefined : index[index.mode]
  if (inMode === undefined || inMode === index.index) return []
  return [
    {
      rule: 'quality/index',
      field: 'index',
      message: `index ${index.index} is for ${index.mode ?? ''}, which says ${inMode}`,
      hint: 'make the two equal, or correct mode',
    },
  ]
}

function rowMistakes(index: Quality): Mistake[] {
  const rule = 'quality/rows'
  const { rows, third_party_rows: third, boards } = index
  const onBoards = boards.reduce((sum, board) => sum + board.rows, 0)
  if (third > rows)
    return [
      {
        rule,
        field: 'third_party_rows',
        message: `third_party_rows ${third} is more than rows ${rows}`,
        hint: 'are the two swapped?',
      },
    ]
  if (onBoards > rows)
    return [
      {
        rule,
        field: 'boards',
        message: `the boards have ${onBoards} rows, but rows is ${rows}`,
        hint: 'rows is the sum over all boards',
      },
    ]
  if (rows > 0 && boards.length === 0)
    return [
      {
        rule,
        field: 'boards',
        message: `the index rests on ${rows} rows, but names no board`,
        hint: 'name each board with date, rows and address',
      },
    ]
  if (index.basis === 'measured' && third < 3)
    return [
      {
        rule,
        field: 'basis',
        message: `basis is measured, but third_party_rows is ${third}`,
        hint: 'measured needs three third-party rows; else write mostly_prior',
      },
    ]
  return []
}
