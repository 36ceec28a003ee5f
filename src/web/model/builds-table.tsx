import { useState } from 'preact/hooks'
import type { BuildRow, ModelRow } from '../../catalog/index.js'
import { getQuantization } from '../../catalog/index.js'
import type { Placement } from '../../memory/index.js'
import { formatGib } from '../../units.js'
import type { Placed } from '../forecast/protocol.js'
import { installedBuilds } from '../state/installed.js'

interface BuildsProps {
  model: ModelRow
  placed: readonly Placed[]
  chosen: BuildRow
  onChoose: (build: BuildRow) => void
}

/** More builds than these are shown on request. */
const FIRST_BUILDS = 10

/** The builds of a model, with what each needs at the context asked for. */
export function BuildsTable({ model, placed, chosen, onChoose }: BuildsProps) {
  const [all, setAll] = useState(false)
  const byName = new Map(placed.map((each) => [each.quantization, each]))
  const shown = all ? model.builds : firstBuilds(model.builds, chosen, byName)
  return (
    <section class="panel block builds-panel" aria-labelledby="builds">
      <h2 id="builds">Builds</h2>
      <table class="table builds">
        <thead>
          <tr>
            <th scope="col">Build</th>
            <th scope="col" class="number">
              File, GiB
            </th>
            <th scope="col" class="number">
              Needs, GiB
            </th>
            <th scope="col">Here</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((build) => (
            <BuildLine
              key={build.quantization}
              name={`${model.id}@${build.quantization}`}
              build={build}
              here={byName.get(build.quantization)}
              chosen={build === chosen}
              onChoose={onChoose}
            />
          ))}
        </tbody>
      </table>
      {shown.length < model.builds.length && (
        <p class="buttons">
          <button class="button" type="button" onClick={() => setAll(true)}>
            Show all {model.builds.length} builds
          </button>
        </p>
      )}
    </section>
  )
}

interface LineProps {
  name: string
  build: BuildRow
  here: Placed | undefined
  chosen: boolean
  onChoose: (build: BuildRow) => void
}

function BuildLine({ name, build, here, chosen, onChoose }: LineProps) {
  const notes = [
    build.default ? 'default' : '',
    getQuantization(build.quantization).quality_label.toLowerCase(),
    installedBuilds.value.has(name) ? 'installed' : '',
  ].filter((note) => note !== '')
  return (
    <tr class={chosen ? 'chosen-row' : undefined}>
      <th scope="row">
        <button class="text-button" type="button" aria-pressed={chosen} onClick={() => onChoose(build)}>
          <code>{build.quantization}</code>
        </button>{' '}
        <span class="small muted">{notes.join(', ')}</span>
      </th>
      <td class="number">{gib(build.bytes)}</td>
      <td class="number">{here ? gib(neededInAll(here.placement)) : '–'}</td>
      <td class={here?.verdict.tone}>{here?.verdict.short ?? ''}</td>
    </tr>
  )
}

/**
 * The builds worth looking at first: around the largest that runs whole on the card, with the default and the
 * chosen one among them. They come best first.
 */
function firstBuilds(
  builds: readonly BuildRow[],
  chosen: BuildRow,
  placed: ReadonlyMap<string, Placed>,
): readonly BuildRow[] {
  if (builds.length <= FIRST_BUILDS + 2) return builds
  const whole = builds.findIndex(({ quantization }) => {
    const fit = placed.get(quantization)?.placement.fit
    return fit === 'gpu' || fit === 'multi_gpu'
  })
  const middle = whole < 0 ? builds.findIndex((build) => build.default) : whole
  const start = Math.max(0, Math.min(middle - FIRST_BUILDS / 2, builds.length - FIRST_BUILDS))
  return builds.filter(
    (build, index) => build === chosen || build.default || (index >= start && index < start + FIRST_BUILDS),
  )
}

const gib = (bytes: number): string => formatGib(bytes).replace(/ GiB$/, '')

/** On the card and, where a build is split, in system memory. */
function neededInAll({ fit, needed_bytes, host_bytes }: Placement): number {
  return fit === 'partial' ? needed_bytes + host_bytes : needed_bytes
}
