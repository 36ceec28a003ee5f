import { AlmanacError } from '../../errors.js'
import { createInstallDeps } from '../../install/create-deps.js'
import { installModel } from '../../install/install.js'
import type { InstallOptions } from '../../install/install.js'
import type { InstallDeps } from '../../install/install-deps.js'
import { INSTALL_PROVIDERS } from '../../install/types.js'
import type { InstallEvent } from '../../install/types.js'
import { loadResolver } from '../../registry/resolver.js'
import { formatGb } from '../../units.js'
import type { Command } from '../command.js'
import { JSON_OPTION } from '../command.js'
import { printable } from '../display-width.js'
import { describeDryRun } from '../dry-run.js'
import { findNamedModel } from '../find-build.js'
import type { Io } from '../io.js'
import { loadMachine } from '../load-machine.js'
import { choiceOption, contextOption, MACHINE_OPTIONS, textOption } from '../options.js'
import { ProgressLine } from '../progress-line.js'
import { describeNextStep } from '../next-step.js'
import { homeOf, providersOf } from '../world.js'

export const installCommand: Command = {
  name: 'install',
  arguments: 'MODEL[@QUANT] | hf:OWNER/REPO/FILE.gguf',
  summary:
    'check that a build runs here and that the disk has room, then download it: verified, resumable, whole or not at all',
  options: {
    provider: {
      value: 'P',
      description: 'ollama, lmstudio or file; default: the first that runs, else file',
    },
    dir: { value: 'DIR', description: 'folder for --provider file' },
    context: { value: 'N', description: "tokens to plan for; default: the model's own" },
    force: { description: 'download even what does not fit in memory (never what does not fit on the disk)' },
    'dry-run': { description: 'say what would be downloaded, and stop' },
    ...MACHINE_OPTIONS,
    json: { ...JSON_OPTION, description: 'print one JSON object a line' },
  },
  examples: [
    'llm-almanac install qwen3:8b',
    'llm-almanac install qwen3:8b@Q4_K_M --provider file --dir models',
    'llm-almanac install hf:Qwen/Qwen3-8B-GGUF/Qwen3-8B-Q4_K_M.gguf --dir .',
  ],
  describeError: (error) => ({ type: 'error', ...error }),
  async run({ values, positionals }, io) {
    const spec = positionals[0]
    if (spec === undefined || positionals.length > 1) {
      throw new AlmanacError('BAD_USAGE', 'install takes one MODEL[@QUANT] or hf:OWNER/REPO/FILE.gguf')
    }
    const options: InstallOptions = {
      provider: choiceOption(values, 'provider', INSTALL_PROVIDERS),
      dir: textOption(values, 'dir'),
      force: values['force'] === true,
      context: contextOption(values),
    }
    if (options.dir !== undefined && (options.provider ?? 'file') !== 'file') {
      throw new AlmanacError('BAD_USAGE', '--dir goes with --provider file', 'add --provider file')
    }
    if (options.dir !== undefined) options.provider = 'file'
    const json = values['json'] === true
    const printer = json ? jsonPrinter(io) : textPrinter(io)
    const deps = await depsOf(io, printer.report, () => loadMachine(values))
    if (values['dry-run']) {
      io.out(await describeDryRun(spec, options, { deps, json }))
      return 0
    }
    await installModel(spec, options, deps).finally(() => printer.end())
    if (printer.done) io.out(await describeNextStep(spec, printer.done, { deps, asked: options.context }))
    return 0
  },
}

async function depsOf(
  io: Io,
  report: InstallDeps['report'],
  machine: InstallDeps['machine'],
): Promise<InstallDeps> {
  const findNamed = (name: string) => findNamedModel(name)
  return createInstallDeps(
    {
      home: homeOf(io),
      env: io.env,
      platform: io.platform,
      providers: providersOf(io),
      resolve: await loadResolver(),
      machine,
      findNamed,
    },
    report,
    io.signal,
  )
}

type Done = Extract<InstallEvent, { type: 'done' }>

interface Printer {
  report(event: InstallEvent): void
  /** Leaves the terminal as it was, whether it went well or not. */
  end(): void
  done: Done | undefined
}

function jsonPrinter(io: Io): Printer {
  const line = (value: unknown) => io.out(`${JSON.stringify(value)}\n`)
  return {
    done: undefined,
    report: (event) => (event.type === 'notice' ? io.err(`${event.message}\n`) : line(event)),
    end: () => {},
  }
}

function textPrinter(io: Io): Printer {
  const bar = new ProgressLine(io)
  const printer: Printer = {
    done: undefined,
    report(event) {
      if (event.type === 'notice') {
        bar.clear()
        io.err(`${event.message}\n`)
      } else if (event.type === 'start') announce(event, io)
      else if (event.type === 'progress') bar.update(event)
      else if (event.type === 'done') printer.done = event
    },
    end: () => bar.clear(),
  }
  return printer
}

/** Says on a terminal what is coming, before the first byte does. */
function announce(
  { model, quantization, total_bytes }: Extract<InstallEvent, { type: 'start' }>,
  io: Io,
): void {
  if (!io.isErrTerminal) return
  const build = model.startsWith('hf:') || quantization === null ? model : `${model}@${quantization}`
  const size = total_bytes === null ? '' : `, ${formatGb(total_bytes)}`
  io.err(`Installing ${printable(build)}${size}\n`)
}
