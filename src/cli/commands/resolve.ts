import { AlmanacError } from '../../errors.js'
import type { ResolvedName } from '../../names/index.js'
import { loadResolver } from '../../registry/resolver.js'
import type { Command } from '../command.js'
import { printable } from '../display-width.js'
import type { Io } from '../io.js'
import { readLines } from '../read-lines.js'

export const resolveCommand: Command = {
  name: 'resolve',
  arguments: 'NAME…',
  summary:
    "say which catalog model and quantization a provider's name means; unknown names are said to be unknown",
  options: {
    stdin: { description: 'read names from standard input, one a line' },
    json: { description: 'print one JSON object a line' },
  },
  examples: [
    'llm-almanac resolve llama3.2:latest bartowski/Qwen2.5-7B-Instruct-GGUF',
    'ollama list | tail -n +2 | cut -d" " -f1 | llm-almanac resolve --stdin --json',
  ],
  async run({ values, positionals }, io) {
    if (positionals.length === 0 && !values['stdin']) {
      throw new AlmanacError(
        'BAD_USAGE',
        'resolve takes names, or --stdin',
        'llm-almanac resolve llama3.2:latest',
      )
    }
    const resolve = await loadResolver()
    let known = 0
    let asked = 0
    for await (const name of listNames(positionals, values['stdin'] === true, io)) {
      const answer = resolve(name)
      asked += 1
      if (answer.model !== null) known += 1
      io.out(`${values['json'] ? jsonLine(answer) : describe(answer)}\n`)
      await io.drained()
    }
    return known > 0 || asked === 0 ? 0 : 1
  },
}

async function* listNames(positionals: readonly string[], stdin: boolean, io: Io): AsyncGenerator<string> {
  yield* positionals
  if (stdin) yield* readLines(io.readStdin())
}

/** Readers that split at every line separator of Unicode see one line too: JSON itself escapes only CR, LF and their like. */
function jsonLine(answer: ResolvedName): string {
  return JSON.stringify(answer).replace(
    /[\u007f-\u009f\u2028\u2029]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

function describe(answer: ResolvedName): string {
  const name = printable(answer.name)
  if (answer.model === null)
    return `${name}  unknown${answer.kind === 'embedding' ? ' (an embedding model)' : ''}`
  const build = answer.quantization === null ? '' : ` ${answer.quantization}`
  return `${name}  ${answer.model}${build} (${answer.confidence})`
}
