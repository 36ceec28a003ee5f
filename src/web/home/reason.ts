import { formatContext } from '../../units.js'
import { installedBuilds } from '../state/installed.js'
import { fittingRows } from '../state/ranking.js'
import type { ListedRow } from '../state/ranking.js'
import { computed } from '@preact/signals'

/** The model of the highest quality among those that fit. */
const bestQuality = computed(() => {
  let best: ListedRow | undefined
  for (const row of fittingRows.value) {
    if ((row.model.quality?.index ?? -1) > (best?.model.quality?.index ?? -1)) best = row
  }
  return best?.model.id
})

/** Why a row stands where it does, in one line. */
export function reasonOf(row: ListedRow): string {
  const { model } = row
  const quality = qualityOf(row)
  if (row.rank === null) return `Its smallest build. ${quality}.`
  if (installedBuilds.value.has(`${model.id}@${row.build.quantization}`))
    return `Already installed. ${quality}.`
  if (model.id === bestQuality.value) return `Highest quality that fits: ${quality.replace('Quality ', '')}.`
  const max = formatContext(model.context.max)
  return `${quality}. ${row.context < model.context.max ? `Reads up to ${max}.` : `Its whole ${max} context.`}`
}

function qualityOf({ model, tie }: ListedRow): string {
  if (!model.quality) return 'Quality not measured'
  const { index, standard_error, basis } = model.quality
  const forecast = basis === 'measured' ? '' : ', mostly a forecast'
  return `Quality ${Math.round(index)} ± ${Math.max(1, Math.round(standard_error))}${forecast}${tie ? ', a tie' : ''}`
}
