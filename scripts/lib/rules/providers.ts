import type { Path } from '../diagnostic.js'
import { show } from '../show.js'
import type { Report, Rule, Sources } from '../sources.js'

/** A prompt with a few tools fills about a thousand tokens. */
const LEAST_CONTEXT = 1024

/** Default contexts and folders make sense, and no two managed providers listen on one port; others often share one. */
export const providers: Rule = {
  ids: ['duplicate/port', 'provider/context', 'provider/directory'],
  check(sources, report) {
    checkContexts(sources, report)
    checkDirectories(sources, report)
    const entry = sources.providers
    const owners = new Map<number, string>()
    for (const [index, provider] of (entry?.data.providers ?? []).entries()) {
      const ports = [provider.port, ...(provider.other_ports ?? [])]
      for (const [place, port] of ports.entries()) {
        const owner = owners.get(port)
        if (provider.managed) owners.set(port, owner ?? provider.id)
        if (owner === undefined || !entry || !provider.managed) continue
        report({
          rule: 'duplicate/port',
          entry,
          path: ['providers', index, ...(place === 0 ? ['port'] : ['other_ports', place - 1])],
          message: `port ${port} is already that of ${owner}`,
          hint: 'look the default port up in its documentation',
        })
      }
    }
  },
}

function checkContexts({ providers: entry }: Sources, report: Report): void {
  if (!entry) return
  const say = (field: string, message: string, hint: string): void =>
    report({ rule: 'provider/context', entry, path: [field], message, hint })
  const { default_context: least, usual_context: usual } = entry.data
  for (const [field, value] of [
    ['default_context', least],
    ['usual_context', usual],
  ] as const)
    if (value < LEAST_CONTEXT)
      return say(
        field,
        `${field} ${value} is less than ${LEAST_CONTEXT} tokens`,
        'write plain tokens: 8k is 8192',
      )
  if (least > usual)
    say(
      'default_context',
      `default_context ${least} is more than usual_context ${usual}`,
      'are the two swapped?',
    )
}

/** Folders are those of every user: below the home folder, which is written ~. */
function checkDirectories({ providers: entry }: Sources, report: Report): void {
  for (const [index, provider] of (entry?.data.providers ?? []).entries())
    for (const [system, folder] of Object.entries(provider.models_directory ?? {})) {
      const path: Path = ['providers', index, 'models_directory', system]
      if (!entry || !/^(\/home\/|\/Users\/|\/root\b|[A-Za-z]:[\\/]Users[\\/])/.test(folder)) continue
      report({
        rule: 'provider/directory',
        entry,
        path,
        message: `folder ${show(folder)} is that of one user`,
        hint: 'write ~ for the home folder',
      })
    }
}
