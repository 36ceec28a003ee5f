import type { BuildRow, ModelRow } from '../../catalog/index.js'
import type { Machine } from '../../machine.js'
import { formatContext, formatGib } from '../../units.js'
import type { Placed, PlotForecast } from '../forecast/protocol.js'

interface Known {
  /** The build that is looked at, at the context asked for. */
  placed: Placed | undefined
  plot: PlotForecast | null
  here: Machine | null
}

/** Whether a build fits here, as a headline and the numbers behind it. */
export function answerModel(
  model: ModelRow,
  build: BuildRow,
  { placed, plot, here }: Known,
): { title: string; text: string } {
  if (!placed || !plot) return { title: model.name, text: model.description }
  const { placement, verdict, context } = placed
  const { fit, needed_bytes, available_bytes, headroom_bytes } = placement
  const at = formatContext(Math.min(context, model.context.max))
  const room = formatGib(Math.max(0, available_bytes - headroom_bytes))
  const hasCard = (here?.gpus.length ?? 0) > 0
  const where = hasCard && fit !== 'cpu' && fit !== 'none' ? 'your card has' : 'there is'
  const needs = `${build.quantization} at ${at} needs ${formatGib(needed_bytes)} and ${where} room for ${room}.`
  const longest = longestWords(model, plot)
  if (context > model.context.max)
    return { title: `${model.name} reads at most ${at}.`, text: `${verdict.long} ${needs}` }
  switch (fit) {
    case 'gpu':
      return { title: `${model.name} fits here.`, text: `${needs} ${longest}` }
    case 'multi_gpu':
      return { title: `${model.name} fits across your cards.`, text: `${verdict.long} ${longest}` }
    case 'none':
      return { title: `${model.name} is too large for here.`, text: `${needs} ${longest || verdict.long}` }
    default:
      if (hasCard && plot.fits_up_to !== null) {
        return {
          title: `${model.name} needs less context to fit here.`,
          text: `${wholeWords(plot, Math.min(context, model.context.max), room)} ${longest}`,
        }
      }
      return fit === 'cpu'
        ? { title: `${model.name} runs on the processor here.`, text: `${needs} ${longest}` }
        : { title: `${model.name} runs partly on the card here.`, text: `${verdict.long} ${longest}` }
  }
}

/** What the build would need whole; of several cards none has room for that, so theirs is left out. */
function wholeWords({ samples, cards }: PlotForecast, context: number, room: string): string {
  const whole = samples.find((sample) => sample.context >= context)
  if (!whole) return ''
  const at = `At ${formatContext(context)} it needs ${formatGib(whole.total)}`
  return cards.length > 0
    ? `${at}, more than your cards have room for.`
    : `${at} and your card has room for ${room}.`
}

function longestWords({ context }: ModelRow, { fits_up_to, fits_up_to_q8 }: PlotForecast): string {
  if (fits_up_to === null) {
    return fits_up_to_q8 === null ? '' : `With a q8_0 KV cache it fits up to ${wholeK(fits_up_to_q8)}.`
  }
  if (fits_up_to >= context.max) return `It fits at its longest context, ${formatContext(context.max)}.`
  const more =
    fits_up_to_q8 !== null && fits_up_to_q8 > fits_up_to
      ? `, or ${wholeK(fits_up_to_q8)} with a q8_0 KV cache`
      : ''
  return `It fits whole up to ${wholeK(fits_up_to)}${more}.`
}

/** Rounded down to whole K: what is said must fit. */
function wholeK(tokens: number): string {
  return tokens < 1024 ? String(tokens) : formatContext(Math.floor(tokens / 1024) * 1024)
}
