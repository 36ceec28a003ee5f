import type { BuildRow, ModelRow } from '../../catalog/index.js'
import type { Machine } from '../../machine.js'
import { formatContext, formatGib } from '../../units.js'
import type { ModelForecast } from '../forecast/protocol.js'

/** Whether a build fits here, as a headline and the numbers behind it. */
export function answerModel(
  model: ModelRow,
  build: BuildRow,
  forecast: ModelForecast | null,
  here: Machine | null,
): { title: string; text: string } {
  const placed = forecast?.builds.find(({ quantization }) => quantization === build.quantization)
  if (!placed || !forecast) return { title: model.name, text: model.description }
  const { placement, verdict, context } = placed
  const { fit, needed_bytes, available_bytes, headroom_bytes } = placement
  const at = formatContext(Math.min(context, model.context.max))
  const room = formatGib(Math.max(0, available_bytes - headroom_bytes))
  const where = (here?.gpus.length ?? 0) > 0 && fit !== 'cpu' && fit !== 'none' ? 'your card has' : 'there is'
  const needs = `${build.quantization} at ${at} needs ${formatGib(needed_bytes)} and ${where} room for ${room}.`
  const longest = longestWords(model, forecast)
  if (context > model.context.max)
    return { title: `${model.name} reads at most ${at}.`, text: `${verdict.long} ${needs}` }
  switch (fit) {
    case 'gpu':
      return { title: `${model.name} fits here.`, text: `${needs} ${longest}` }
    case 'multi_gpu':
      return { title: `${model.name} fits across your cards.`, text: `${verdict.long} ${longest}` }
    case 'none':
      return { title: `${model.name} is too large for here.`, text: `${needs} ${verdict.long}` }
    default:
      if (forecast.fits_up_to !== null) {
        const whole = forecast.samples.find(
          (sample) => sample.context >= Math.min(context, model.context.max),
        )
        const text = whole
          ? `At ${at} it needs ${formatGib(whole.total)} whole on the card, which has room for ${room}. ${longest}`
          : longest
        return { title: `${model.name} needs less context to fit here.`, text }
      }
      return {
        title:
          fit === 'cpu'
            ? `${model.name} runs on the processor here.`
            : `${model.name} runs partly on the card here.`,
        text: verdict.long,
      }
  }
}

function longestWords({ context }: ModelRow, { fits_up_to, fits_up_to_q8 }: ModelForecast): string {
  if (fits_up_to === null) return ''
  if (fits_up_to >= context.max) return `It fits whole at its longest context, ${formatContext(context.max)}.`
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
