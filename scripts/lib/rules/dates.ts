import type { Path } from '../diagnostic.js'
import { show } from '../show.js'
import type { Entry, ModelEntry, Report, Rule, Sources } from '../sources.js'

interface Dated {
  entry: Entry<unknown>
  path: Path
  date: string
}

/** Dates exist, and have passed. */
export const dates: Rule = {
  ids: ['date/invalid', 'date/future', 'evidence/before-release'],
  check(sources, report) {
    for (const { entry, path, date } of allDates(sources)) {
      if (!isCalendarDate(date))
        report({
          rule: 'date/invalid',
          entry,
          path,
          message: `${show(date)} is no day of the calendar`,
          hint: 'check the day of the month',
        })
      else if (date > sources.today.slice(0, date.length))
        report({
          rule: 'date/future',
          entry,
          path,
          message: `${show(date)} is in the future; today is ${sources.today}`,
          hint: 'write the date of the release or observation, not a planned one; check the year',
        })
    }
    for (const model of sources.models) checkOrder(model, sources.today, report)
  },
}

function checkOrder(entry: ModelEntry, today: string, report: Report): void {
  const { release, evidence = [] } = entry.data
  if (release > today) return
  const older = [...evidence.entries()].filter(([, { date }]) => date.slice(0, 7) < release.slice(0, 7))
  const all = older.length > 1 && older.length === evidence.length
  for (const [index, { date }] of all ? older.slice(0, 1) : older)
    report({
      rule: 'evidence/before-release',
      entry,
      path: all ? ['release'] : ['evidence', index, 'date'],
      message: all
        ? `release ${release} is after all evidence, the first of ${date}`
        : `evidence of ${date} is older than the model, released ${release}`,
      hint: 'check both dates, and that the evidence is about this version of the model',
    })
}

function isCalendarDate(date: string): boolean {
  if (date.length === 7) return true
  const parsed = new Date(`${date}T00:00:00Z`)
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(date)
}

/** One date after the other: a list of all would be as large as the catalog itself. */
function* allDates(sources: Sources): Generator<Dated> {
  for (const entry of sources.models) yield* modelDates(entry)
  for (const entry of sources.families.values()) yield* checkedDates(entry, entry.data.sources)
}

function modelDates(entry: ModelEntry): Dated[] {
  const { data } = entry
  return [
    { entry, path: ['release'], date: data.release },
    ...checkedDates(entry, data.sources),
    ...(data.evidence ?? []).map(({ date }, index) => ({ entry, path: ['evidence', index, 'date'], date })),
    ...(data.quality?.boards ?? []).map(({ date }, index) => ({
      entry,
      path: ['quality', 'boards', index, 'date'],
      date,
    })),
  ]
}

function checkedDates(entry: Entry<unknown>, list: readonly { checked: string }[]): Dated[] {
  return list.map(({ checked }, index) => ({ entry, path: ['sources', index, 'checked'], date: checked }))
}
