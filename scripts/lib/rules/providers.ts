import type { Rule } from '../sources.js'

/** Two managed providers cannot listen on one port; those that are only recognised often share one. */
export const providers: Rule = {
  ids: ['duplicate/port'],
  check(sources, report) {
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
