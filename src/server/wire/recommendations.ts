import { getModel } from '../../catalog/index.js'
import type { BuildRow, ModelId, ModelRow } from '../../catalog/index.js'
import type { Machine } from '../../machine.js'
import { simulateMachine } from '../../recommend/index.js'
import type { Recommendation } from '../../recommend/index.js'
import { GIB } from '../../units.js'
import { buildFields } from './build-fields.js'
import { memoryGb } from './gigabytes.js'
import { availableVramBytes, gpuInfo } from './gpu-info.js'
import { offeredBuilds } from './offered-builds.js'
import { recommendOnce } from './recommend-once.js'
import { wholeOnGpu } from './whole-on-gpu.js'
import type { WholeFit } from './whole-on-gpu.js'

export interface RecommendationsQuery {
  /** GiB free on one GPU, instead of what is there. */
  vram_gb?: number
  /** Every build that runs, and what does not fit. */
  include_all?: boolean
  tool_capable_only?: boolean
}

/**
 * The body of `/recommendations`: the models of `recommend --tools any` in that order. Of each: `offeredBuilds` among
 * those that run whole on the GPUs, and the recommended one, wherever it runs.
 */
export async function recommendationsAnswer(machine: Machine, query: RecommendationsQuery) {
  const asked =
    query.vram_gb === undefined
      ? machine
      : simulateMachine(machine, { vram_bytes: Math.round(query.vram_gb * GIB) })
  const result = await recommendOnce(asked)
  const isWanted = ({ model }: { model: ModelId }) =>
    query.tool_capable_only !== true || getModel(model).tools === true
  const recommendations = result.recommendations.filter(isWanted).map((row) => modelEntry(row, asked, query))
  return {
    gpu_info: await gpuInfo(machine),
    effective_vram_gb: memoryGb(availableVramBytes(asked)),
    recommendations,
    total_options: recommendations.reduce((sum, row) => sum + row.available_quantizations.length, 0),
    warnings: result.warnings,
    ...(query.include_all ? { not_fitting: (result.not_fitting ?? []).filter(isWanted) } : {}),
  }
}

function modelEntry(best: Recommendation, machine: Machine, { include_all = false }: RecommendationsQuery) {
  const model = getModel(best.model)
  const fits = new Map<BuildRow, WholeFit>()
  for (const build of model.builds) {
    const fit = build.quantization === best.quantization ? best : wholeOnGpu(model, build, machine)
    if (fit) fits.set(build, fit)
  }
  const running = new Set(fits.keys())
  const recommended = best.quantization
  const offered = include_all ? running : offeredBuilds(model, { running, recommended })
  const options = [...offered].flatMap((build) => {
    const fit = fits.get(build)
    return fit ? [buildOption(model, build, fit)] : []
  })
  return {
    model: best.model,
    tier: best.tier,
    tool_capable: model.tools === true,
    available_quantizations: options,
    recommended_quant: best.quantization,
    fit: best.fit,
    context: best.context,
    kv_type: 'f16',
    quality: best.quality,
    score: best.score,
    why: best.why,
    warnings: best.warnings,
  }
}

function buildOption(model: ModelRow, build: BuildRow, where: WholeFit) {
  return {
    quantization: build.quantization,
    ...buildFields(model, build),
    headroom_gb: memoryGb(where.available_bytes - where.needed_bytes),
    fit: where.fit,
    needed_bytes: where.needed_bytes,
  }
}
