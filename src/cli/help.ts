import type { Command } from './command.js'
import { COMMANDS } from './commands.js'
import { wrap } from './wrap.js'

const WIDTH = 80

/** `llm-almanac --help`. */
export function overviewHelp(): string {
  const rows = Object.entries(COMMANDS).map(([name, entry]) => `  ${name.padEnd(11)} ${entry.summary}`)
  return [
    'llm-almanac: which local language models run well on this machine',
    '',
    'Usage: llm-almanac [COMMAND] [OPTIONS]',
    '',
    'Commands:',
    ...rows,
    '',
    'llm-almanac COMMAND --help says more. -h, --help   -V, --version',
    '',
  ].join('\n')
}

/** `llm-almanac COMMAND --help`. */
export function commandHelp(command: Command): string {
  const usage = ['llm-almanac', command.name, command.arguments, '[OPTIONS]'].filter(Boolean).join(' ')
  const names = Object.entries(command.options).map(([name, spec]) => {
    const short = spec.short ? `-${spec.short}, ` : ''
    return { left: `${short}--${name}${spec.value ? ` ${spec.value}` : ''}`, description: spec.description }
  })
  names.push({ left: '-h, --help', description: 'show this' })
  const left = Math.min(28, Math.max(...names.map((row) => row.left.length)))
  return [
    ...wrap(`Usage: ${usage}`, WIDTH),
    '',
    ...wrap(capitalise(command.summary) + '.', WIDTH),
    '',
    'Options:',
    ...names.flatMap((row) => optionLines(row, left)),
    '',
    'Examples:',
    ...command.examples.map((example) => `  ${example}`),
    '',
  ].join('\n')
}

function optionLines(row: { left: string; description: string }, left: number): string[] {
  const [first = '', ...more] = wrap(row.description, WIDTH - left - 4)
  return [`  ${row.left.padEnd(left)}  ${first}`, ...more.map((line) => ' '.repeat(left + 4) + line)]
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
