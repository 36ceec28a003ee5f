import { findBuild, loadDetails, loadGguf, splitBuildSpec } from '../../catalog/index.js'
import type { BuildRow, ModelRow } from '../../catalog/index.js'
import { AlmanacError } from '../../errors.js'
import type { Command } from '../command.js'
import { JSON_OPTION } from '../command.js'
import { findNamedBuild, findNamedModel } from '../find-build.js'
import { printJson } from '../print-json.js'
import { toBuildEntry, toShowEntry } from '../show-entry.js'
import { describeModel } from '../show-text.js'

export const showCommand: Command = {
  name: 'show',
  arguments: 'MODEL[@QUANT]',
  summary:
    'show one model: what it is, its builds with sizes and files, the evidence behind its tier, its sources',
  options: { json: JSON_OPTION },
  examples: [
    'llm-almanac show qwen3:8b',
    'llm-almanac show qwen3:8b@Q8_0',
    'llm-almanac show gpt-oss:20b --json',
  ],
  async run({ values, positionals }, io) {
    const spec = positionals[0]
    if (spec === undefined || positionals.length > 1) {
      throw new AlmanacError('BAD_USAGE', 'show takes one MODEL[@QUANT]', 'llm-almanac models lists them')
    }
    const { model, only } = await findShown(spec)
    const [details, gguf] = await Promise.all([loadDetails(), loadGguf()])
    const builds = model.builds
      .filter((build) => only === undefined || build === only)
      .map((build) =>
        toBuildEntry(
          build,
          gguf[model.id].find((row) => row.quantization === build.quantization),
        ),
      )
    const shown = { ...toShowEntry(model, details[model.id]), builds }
    if (values['json']) printJson(io, shown)
    else io.out(describeModel(model, shown, { io, only }))
    return 0
  },
}

async function findShown(spec: string): Promise<{ model: ModelRow; only: BuildRow | undefined }> {
  const { quantization } = splitBuildSpec(spec)
  if (quantization === undefined) return { model: await findNamedModel(spec), only: undefined }
  const { model, build } = await findNamedBuild(spec)
  return { model, only: findBuild(model, build.quantization) }
}
