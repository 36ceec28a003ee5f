import { loadDetails, loadGguf } from '../../catalog/index.js'
import type { BuildRow, ModelRow } from '../../catalog/index.js'
import type { Machine } from '../../machine.js'
import { memoryOfBuild, planPlacement } from '../../memory/index.js'
import type { Placement } from '../../memory/index.js'
import { recommend } from '../../recommend/index.js'
import { buildFields, repositoryOf, sourceFields } from './build-fields.js'
import { gpuInfo, NO_QUANTIZATION } from './gpu-info.js'
import { memoryGb } from './gigabytes.js'

/** The body of `/{model}/quantizations`: every build of a model, and which one suits this machine. */
export async function quantizationsAnswer(model: ModelRow, machine: Machine) {
  const [gguf, details] = await Promise.all([loadGguf(), loadDetails()])
  const files = gguf[model.id]
  const placed = model.builds.map((build) => ({ build, placement: placementOf(model, build, machine) }))
  return {
    model: model.id,
    huggingface_repo: repositoryOf(model, files),
    quantizations: placed.map(({ build, placement }) => {
      const row = files.find((each) => each.quantization === build.quantization)
      return {
        level: build.quantization,
        ...buildFields(model, build),
        ...sourceFields(build, row),
        fits_in_vram: isWhole(placement),
        ollama_tag: build.ollama_tag ?? null,
        bytes: build.bytes,
        bytes_basis: build.bytes_basis,
        fit: placement.fit,
        needed_bytes: placement.needed_bytes,
        available_bytes: placement.available_bytes,
        headroom_gb: memoryGb(placement.available_bytes - placement.needed_bytes),
        source: row?.source ?? null,
      }
    }),
    gpu_info: await gpuInfo(machine),
    recommended_quant: recommendedQuantization(model, machine, placed),
    context: model.context.default,
    max_context: model.context.max,
    kv_type: 'f16',
    tier: model.tier,
    tier_reason: details[model.id].tier_reason,
    tools: model.tools,
    sources: [...new Set(details[model.id].sources.map(({ url }) => url))],
  }
}

function placementOf(model: ModelRow, build: BuildRow, machine: Machine): Placement {
  return planPlacement(memoryOfBuild(model.architecture, build), { context: model.context.default }, machine)
}

function isWhole({ fit }: Placement): boolean {
  return fit === 'gpu' || fit === 'multi_gpu'
}

/** What `recommend` says of this model; it leaves out embedding models, whose best build that fits it is. */
function recommendedQuantization(
  model: ModelRow,
  machine: Machine,
  placed: readonly { build: BuildRow; placement: Placement }[],
): string {
  const { recommendations } = recommend(machine, { tools: 'any' }, [model])
  const best = recommendations[0]?.quantization
  if (best !== undefined || model.kind === 'chat') return best ?? NO_QUANTIZATION
  return placed.find(({ placement }) => placement.fit !== 'none')?.build.quantization ?? NO_QUANTIZATION
}
