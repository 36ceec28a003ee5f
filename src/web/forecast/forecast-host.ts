import type { BuildRow, ModelRow } from '../../catalog/index.js'
import { memoryOfBuild, planPlacement } from '../../memory/index.js'
import { listStops } from '../state/context-stops.js'
import type { HostPoint, PlotQuestion } from './protocol.js'

/**
 * What a build holds in system memory at the contexts where only a part of it runs on the card. Each point is a
 * search for the best split, so there is one a doubling, and one at the longest context.
 */
export function forecastHost(
  model: ModelRow,
  build: BuildRow,
  { machine, kv, keep_bytes }: PlotQuestion,
): HostPoint[] {
  if (!machine || machine.gpus.every(({ unified }) => unified)) return []
  const memory = memoryOfBuild(model.architecture, build)
  const { max } = model.context
  return listStops(max)
    .filter((context) => context === max || Number.isInteger(Math.log2(context)))
    .flatMap((context) => {
      const load = { context, kv_type_k: kv, kv_type_v: kv }
      const { fit, host_bytes } = planPlacement(memory, load, machine, { headroom_bytes: keep_bytes })
      return fit === 'partial' ? [{ context, bytes: host_bytes }] : []
    })
}
