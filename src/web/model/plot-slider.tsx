import type { ComponentChildren } from 'preact'
import type { ModelRow } from '../../catalog/index.js'
import { formatGib } from '../../units.js'
import type { Sample } from '../forecast/protocol.js'
import { NumberField } from '../home/number-field.js'
import { announce } from '../shell/announcer.js'
import { listStops, nearestStop } from '../state/context-stops.js'
import { drag, settle, step } from '../state/question.js'
import { keyStep } from '../state/slider-keys.js'

/** The sample at a context, or the nearest one. */
export function nearestSample(samples: readonly Sample[], context: number): Sample | undefined {
  return samples[
    nearestStop(
      samples.map((sample) => sample.context),
      context,
    )
  ]
}

interface PlotSliderProps {
  model: ModelRow
  samples: readonly Sample[]
  context: number
  room: number
  children: (pick: (context: number) => void) => ComponentChildren
}

/** A slider that is the plot's own axis: thumb and marker stand above each other. */
export function PlotSlider({ model, samples, context, room, children }: PlotSliderProps) {
  const { max } = model.context
  const stops = listStops(max)
  const first = Math.log2(stops[0] ?? 2048)
  const span = Math.log2(max) - first || 1
  const position = (tokens: number) => (Math.log2(tokens) - first) / span
  const stop = nearestStop(stops, context)
  const words = describe(nearestSample(samples, context), room)
  announce(words)
  const nearestTo = (value: number) => stops[nearestStop(stops, 2 ** (first + value * span))] ?? max
  const move = (index: number) =>
    step({ context: stops[Math.min(stops.length - 1, Math.max(0, index))] ?? max })
  const pick = (tokens: number) => step({ context: tokens })
  return (
    <>
      <div class="plot-box">{children(pick)}</div>
      <div class="plot-slider">
        <input
          class="slider"
          type="range"
          min={0}
          max={1}
          step={0.001}
          value={position(context)}
          aria-label="Context in tokens"
          aria-valuetext={words}
          onInput={(event) => drag({ context: nearestTo(Number(event.currentTarget.value)) })}
          onChange={(event) => settle({ context: nearestTo(Number(event.currentTarget.value)) })}
          onKeyDown={(event) => {
            const steps: Record<string, number> = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }
            const way = steps[event.key]
            const page = keyStep(event.key, stop, stops)
            if (way === undefined && page === null) return
            event.preventDefault()
            move(page ?? stop + (way ?? 0))
          }}
        />
        <NumberField
          id="plot-context"
          label="Tokens"
          value={context}
          least={256}
          most={max}
          step={1}
          onChange={(tokens) => settle({ context: tokens })}
        />
      </div>
    </>
  )
}

function describe(sample: Sample | undefined, room: number): string {
  if (!sample) return ''
  const needs = `${sample.context.toLocaleString('en')} tokens: needs ${formatGib(sample.total)}`
  if (room <= 0) return needs
  const spare = room - sample.total
  return `${needs}, ${formatGib(Math.abs(spare))} ${spare >= 0 ? 'to spare' : 'too much'}`
}
