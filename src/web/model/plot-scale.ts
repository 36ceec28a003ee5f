import { GIB } from '../../units.js'
import type { Sample } from '../forecast/protocol.js'

/** Size of the drawing in its own units; the SVG scales to its box. */
export interface Frame {
  width: number
  height: number
  left: number
  right: number
  top: number
  bottom: number
}

/** Plots that are narrower say less. */
export const NARROW_PX = 500

export interface PlotScale {
  frame: Frame
  /** Highest value that is drawn, in bytes. */
  top: number
  x: (context: number) => number
  y: (bytes: number) => number
}

/**
 * Highest value that a plot draws, in bytes: what the longest context needs or the whole card, but at most two
 * and a half cards. Plots that stand together share it.
 */
export function plotTop(cards: readonly number[], needs: readonly number[]): number {
  const most = Math.max(...needs, GIB)
  const card = Math.max(...cards)
  if (card <= 0) return most * 1.05
  return Math.min(Math.max(most, card * 1.05), Math.max(card * 2.5, card + GIB))
}

/** Scales of the plot: contexts by their logarithm, bytes from 0 to `top`. */
export function plotScale(samples: readonly Sample[], top: number, frame: Frame): PlotScale {
  const first = samples[0]?.context ?? 2048
  const last = samples.at(-1)?.context ?? first * 2
  const span = Math.max(Math.log2(last / first), 1e-9)
  const { left, right, top: above, bottom, width, height } = frame
  return {
    frame,
    top,
    x: (context) => left + ((width - left - right) * Math.log2(context / first)) / span,
    y: (bytes) => height - bottom - ((height - above - bottom) * Math.min(bytes, top * 1.02)) / top,
  }
}

/** Contexts at powers of two, for the ticks. */
export function contextTicks(samples: readonly Sample[], most: number): number[] {
  const first = samples[0]?.context ?? 0
  const last = samples.at(-1)?.context ?? 0
  const ticks: number[] = []
  for (let tick = 1024; tick <= last; tick *= 2) if (tick >= first) ticks.push(tick)
  const every = Math.ceil(ticks.length / most)
  return ticks.filter((_, index) => index % every === 0)
}

/** A band between two stacked values, as a path. */
export function bandPath(
  samples: readonly Sample[],
  scale: PlotScale,
  from: (sample: Sample) => number,
  to: (sample: Sample) => number,
): string {
  const point = (sample: Sample, value: number) =>
    `${scale.x(sample.context).toFixed(1)},${scale.y(value).toFixed(1)}`
  const upper = samples.map((sample) => point(sample, to(sample)))
  const lower = samples.map((sample) => point(sample, from(sample))).reverse()
  return `M${[...upper, ...lower].join('L')}Z`
}

/** Values at contexts, as an open path. */
export function linePath(contexts: readonly number[], values: readonly number[], scale: PlotScale): string {
  const points = contexts.map(
    (context, index) => `${scale.x(context).toFixed(1)},${scale.y(values[index] ?? 0).toFixed(1)}`,
  )
  return `M${points.join('L')}`
}
