import type { BuildRow, ModelRow } from '../../catalog/index.js'
import { getQuantization } from '../../catalog/index.js'
import type { Placement } from '../../memory/index.js'
import { formatGib } from '../../units.js'
import type { ModelForecast } from '../forecast/protocol.js'
import { installedBuilds } from '../state/installed.js'

interface BuildsProps {
  model: ModelRow
  forecast: ModelForecast | null
  chosen: BuildRow
  onChoose: (build: BuildRow) => void
}

/** All builds of a model, with what each needs at the context asked for. */
export function BuildsTable({ model, forecast, chosen, onChoose }: BuildsProps) {
  const placed = new Map(forecast?.builds.map((each) => [each.quantization, each]))
  return (
    <section class="panel block" aria-labelledby="builds">
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
          {model.builds.map((build) => {
            const here = placed.get(build.quantization)
            const held = installedBuilds.value.has(`${model.id}@${build.quantization}`)
            return (
              <tr key={build.quantization} class={build === chosen ? 'chosen-row' : undefined}>
                <th scope="row">
                  <button
                    class="text-button"
                    type="button"
                    aria-pressed={build === chosen}
                    onClick={() => onChoose(build)}
                  >
                    <code>{build.quantization}</code>
                  </button>{' '}
                  <span class="small muted">
                    {build.default ? 'default, ' : ''}
                    {getQuantization(build.quantization).quality_label.toLowerCase()}
                    {held ? ', installed' : ''}
                  </span>
                </th>
                <td class="number">{gib(build.bytes)}</td>
                <td class="number">{here ? gib(neededInAll(here.placement)) : '–'}</td>
                <td class={here?.verdict.tone}>{here?.verdict.short ?? ''}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}

const gib = (bytes: number): string => formatGib(bytes).replace(/ GiB$/, '')

/** On the card and, where a build is split, in system memory. */
function neededInAll({ fit, needed_bytes, host_bytes }: Placement): number {
  return fit === 'partial' ? needed_bytes + host_bytes : needed_bytes
}
