import { show } from '../show.js'
import type { ModelEntry, Report, Rule } from '../sources.js'

const PART = /^(.*)-(\d{5})-of-(\d{5})\.gguf$/

/** A split build lists every part once, in order. */
export const buildSplit: Rule = {
  ids: ['build/split'],
  check(sources, report) {
    for (const entry of sources.models)
      for (const [index, build] of (entry.data.builds ?? []).entries())
        if (build.files)
          checkParts(
            entry,
            index,
            build.files.map((file) => file.name),
            report,
          )
  },
}

function checkParts(entry: ModelEntry, index: number, names: readonly string[], report: Report): void {
  const say = (at: number | undefined, message: string, hint: string): void =>
    report({
      rule: 'build/split',
      entry,
      path: at === undefined ? ['builds', index, 'files'] : ['builds', index, 'files', at, 'name'],
      ...(at === undefined && { target: 'key' as const }),
      message,
      hint,
    })
  const parts = names.map((name) => PART.exec(name))
  const first = parts[0]
  if (!first) {
    if (names.length > 1)
      say(
        1,
        `the build has ${names.length} files, but ${show(names[0])} is no part of a split file`,
        'parts are named …-00001-of-00003.gguf; one file is one build',
      )
    return
  }
  const total = Number(first[3])
  for (const [at, part] of parts.entries())
    if (!part || part[1] !== first[1] || Number(part[3]) !== total)
      return say(
        at,
        `part ${endOf(names[at])} does not belong to ${endOf(names[0])}`,
        `all parts have the same name and end in -of-${first[3] ?? ''}.gguf`,
      )
  const numbers = parts.map((part) => Number(part?.[2]))
  const missing = Array.from({ length: Math.min(total, 1000) }, (_, at) => at + 1).filter(
    (number) => !numbers.includes(number),
  )
  const twice = numbers.findIndex((number, at) => numbers.indexOf(number) < at)
  if (twice >= 0)
    return say(
      twice,
      `part ${numbers[twice] ?? ''} is listed twice${missing.length > 0 ? `, and part ${missing.slice(0, 5).join(', ')} of ${total} is missing` : ''}`,
      'list every part once',
    )
  if (missing.length > 0)
    return say(
      undefined,
      `part ${missing.slice(0, 5).join(', ')} of ${total} is missing`,
      'list every part; incomplete sets stay out',
    )
  const wrong = numbers.findIndex((number, at) => number !== at + 1)
  if (wrong >= 0)
    say(
      wrong,
      `part ${numbers[wrong] ?? ''} stands at place ${wrong + 1}; the file says ${total} parts`,
      'list the parts in order, each once',
    )
}

/** Names of parts differ at their end, which a message must not cut off. */
function endOf(name = ''): string {
  return show(name.length > 50 ? `…${name.slice(-50)}` : name)
}
