import { formatGib } from '../../units.js'
import type { Machine } from '../../machine.js'
import type { Lane } from '../bar/lanes.js'
import { LimitLine, Zones } from '../bar/memory-bar.js'
import { isWhatIf, refreshMachine } from '../state/machine.js'

/** The machine itself on the ruler: what is free, what is kept free, what is in use. */
export function MachineRow({ machine, lanes, end, keep }: MachineRowProps) {
  // Where no card's memory is known, the numbers are those of the system memory.
  const name = lanes[0]?.kind === 'ram' ? machineName({ gpus: [] }) : machineName(machine)
  return (
    <div class="row machine-row">
      <span class="rank" />
      <div class="who">
        <p class="name">{name}</p>
        <p class="small muted">{lanes.length > 0 ? describeLanes(lanes) : 'Its memory is unknown.'}</p>
      </div>
      <div class="lanes" role="img" aria-label={`${name}: ${describeLanes(lanes)}`}>
        {lanes.map((lane, index) => (
          <div key={index} class="lane">
            <Zones lane={lane} end={end} />
            <span class="device" style={{ width: `${(100 * lane.total) / end}%` }}>
              <span
                class="device-used"
                style={{ width: `${(100 * (lane.total - lane.free)) / lane.total}%` }}
              />
            </span>
            <LimitLine lane={lane} end={end} />
          </div>
        ))}
      </div>
      <p class="needs small muted">
        {describeUse(lanes)}
        <br />
        {keep} GiB kept free{lanes.length > 1 ? ' on each' : ''}
      </p>
      <div class="get">
        {!isWhatIf.value && (
          <button class="button plain" type="button" onClick={() => void refreshMachine()}>
            Refresh<span class="unseen"> the machine's numbers</span>
          </button>
        )}
      </div>
    </div>
  )
}

interface MachineRowProps {
  machine: Machine
  lanes: readonly Lane[]
  end: number
  /** Kept free, in GiB. */
  keep: number
}

/** "GeForce RTX 4090", "2 × GeForce RTX 3090", "This computer". */
export function machineName({ gpus }: Pick<Machine, 'gpus'>): string {
  const shown = gpus.filter((gpu) => gpu.mig_parent === undefined)
  const first = shown[0]
  if (!first) return 'Processor and system memory'
  if (shown.every((gpu) => gpu.name === first.name)) {
    return shown.length === 1 ? shortName(first.name) : `${shown.length} × ${shortName(first.name)}`
  }
  return shown.map((gpu) => shortName(gpu.name)).join(' and ')
}

/** Card names without the maker, which nobody says. */
export function shortName(name: string): string {
  return name.replace(/^(NVIDIA|AMD|Intel(\(R\))?)\s+/i, '').replace(/^GeForce\s+(?=[RG]TX)/, '')
}

function describeLanes(lanes: readonly Lane[]): string {
  const first = lanes[0]
  if (!first) return 'unknown'
  if (lanes.length > 1)
    return lanes.map((lane) => `${laneName(lane)}: ${formatGib(lane.free)} free`).join(', ')
  const shared = first.shared ? ' shared with the system' : ''
  return `${formatGib(first.total, 0)}${shared}, ${formatGib(first.free)} free now`
}

const laneName = ({ kind, index }: Lane): string =>
  kind === 'ram' ? 'System memory' : index === null ? 'Card' : `GPU ${index}`

function describeUse(lanes: readonly Lane[]): string {
  const used = lanes
    .filter(({ kind }) => kind === lanes[0]?.kind)
    .reduce((sum, lane) => sum + Math.max(0, lane.total - lane.free), 0)
  return `${formatGib(used)} in use,`
}
