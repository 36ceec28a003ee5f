import { useEffect, useState } from 'preact/hooks'
import type { BuildRow, ModelRow, QuantizationId } from '../../catalog/index.js'
import type { Machine } from '../../machine.js'
import { askForecast } from '../forecast/ask-forecast.js'
import type { Placed, PlotForecast } from '../forecast/protocol.js'
import { unlessStale } from '../forecast/unless-stale.js'
import { keepBytes } from '../state/what-if.js'
import type { WhatIf } from '../state/what-if.js'

/** The plot of a build; a moving context leaves it alone. */
export function usePlot(
  model: ModelRow,
  build: BuildRow,
  here: Machine | null,
  { kv, keep, compare }: Pick<WhatIf, 'kv' | 'keep'> & { compare?: QuantizationId | undefined },
): PlotForecast | null {
  const [plot, setPlot] = useState<PlotForecast | null>(null)
  useEffect(() => {
    const question = {
      machine: here,
      kv,
      keep_bytes: keepBytes({ keep }),
      build: { model: model.id, quantization: build.quantization },
      ...(compare === undefined ? {} : { compare }),
    }
    return unlessStale(askForecast('plot', question), setPlot)
  }, [model, build, here, kv, keep, compare])
  return plot
}

/** Where every build of a model lands at a what-if; empty where the machine is not known yet. */
export function usePlacedBuilds(model: ModelRow, here: Machine | null, asked: WhatIf): readonly Placed[] {
  const [placed, setPlaced] = useState<readonly Placed[]>([])
  useEffect(() => {
    if (!here) return undefined
    const builds = model.builds.map(({ quantization }) => ({ model: model.id, quantization }))
    return unlessStale(askForecast('place', { machine: here, asked, builds }), setPlaced)
  }, [model, here, asked])
  return placed
}
