import { useEffect, useState } from 'preact/hooks'
import { findBuild, findModel } from '../../catalog/index.js'
import { askForecast } from '../forecast/ask-forecast.js'
import type { BuildName, Placed } from '../forecast/protocol.js'
import { unlessStale } from '../forecast/unless-stale.js'
import type { InstalledModel } from '../state/installed.js'
import { machine } from '../state/machine.js'
import { whatIf } from '../state/question.js'

/** Where the installed builds that the almanac knows land here, by `MODEL@QUANT`. */
export function usePlacedInstalled(models: readonly InstalledModel[] | null): ReadonlyMap<string, Placed> {
  const [placed, setPlaced] = useState<ReadonlyMap<string, Placed>>(new Map())
  const here = machine.value
  const asked = whatIf.value
  useEffect(() => {
    const builds = (models ?? []).flatMap(nameOf)
    if (!here || builds.length === 0) return undefined
    return unlessStale(askForecast('place', { machine: here, asked, builds }), (rows) =>
      setPlaced(new Map(rows.map((row) => [`${row.model}@${row.quantization}`, row]))),
    )
  }, [models, here, asked])
  return placed
}

function nameOf({ model: id, quantization }: InstalledModel): BuildName[] {
  const model = id === null ? undefined : findModel(id)
  const build = model && quantization !== null ? findBuild(model, quantization) : undefined
  return model && build ? [{ model: model.id, quantization: build.quantization }] : []
}
