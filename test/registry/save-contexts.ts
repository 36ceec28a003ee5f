import { SettingsFile } from '../../src/registry/index.js'

/** Saves many contexts one after the other: `tsx save-contexts.ts HOME PREFIX COUNT`. */
const [home = '', prefix = '', count = '0'] = process.argv.slice(2)
const file = new SettingsFile(home)
for (let index = 0; index < Number(count); index++) {
  await file.change({ context: { key: `${prefix}${index}`, tokens: index + 1 } })
}
