import type { Gpu, Machine } from '../../machine.js'
import type { Placement } from '../../memory/index.js'
import { devicesOf } from '../../memory/index.js'

export type Part = 'weights' | 'kv' | 'compute' | 'overhead'

/** One device as a stretch of the ruler, in bytes. */
export interface Lane {
  label: string
  /** End of the device: all its memory. */
  total: number
  /** Free now. */
  free: number
  /** Free now less what is kept free: the limit line. */
  room: number
  /** What the model takes there; empty on the machine's own row. */
  parts: readonly (readonly [Part, number])[]
  kind: 'gpu' | 'ram'
  /** Number of the card; null where there is no other. */
  index: number | null
  /** The card has no memory of its own. */
  shared?: boolean
}

/** More lanes than these in one row would be hairs. */
const MOST_LANES = 4

/** The devices of a machine, largest room first only where they differ; the RAM where there is no card. */
export function lanesOfMachine(machine: Machine, keep: number): Lane[] {
  const devices = devicesOf(machine)
  const lanes = devices.flatMap((device): Lane[] => {
    const gpu = machine.gpus.find(({ index }) => index === device.index)
    const free = device.available_bytes
    if (free === null) return []
    const total = totalOf(gpu) ?? free
    const room = Math.max(0, free - keep)
    const index = devices.length > 1 ? device.index : null
    const shared = gpu?.unified === true
    return [{ label: device.name, total, free, room, parts: [], kind: 'gpu', index, shared }]
  })
  if (lanes.length > 0) return lanes
  const ram = ramLane(machine, keep)
  return ram ? [ram] : []
}

/**
 * The lanes that a list is measured against: those of the cards, and of the system memory where no card has
 * room for anything.
 */
export function lanesOfRuler(machine: Machine, keep: number): Lane[] {
  const lanes = lanesOfMachine(machine, keep)
  if (lanes.some(({ kind, room }) => kind === 'ram' || room > 0)) return lanes
  const ram = ramLane(machine, keep)
  return ram ? [...lanes, ram] : lanes
}

/**
 * Ends of the room, in bytes, where lanes differ in it, from the least; empty where one line serves all. A
 * device without room has no line, which nothing could reach.
 */
export function guidesOf(lanes: readonly Lane[]): number[] {
  const rooms = [...new Set(lanes.map(({ room }) => room))].sort((a, b) => a - b)
  return rooms.length > 1 ? rooms.filter((room) => room > 0) : []
}

function totalOf(gpu: Gpu | undefined): number | null {
  if (!gpu) return null
  return gpu.unified ? (gpu.budget_bytes ?? gpu.total_bytes) : gpu.total_bytes
}

export function ramLane({ ram }: Machine, keep: number): Lane | null {
  const free = ram.available_bytes
  if (free === null) return null
  return {
    label: 'System memory',
    total: ram.total_bytes ?? free,
    free,
    room: Math.max(0, free - keep),
    parts: [],
    kind: 'ram',
    index: null,
  }
}

/** The lanes of a row: the devices that its placement names, and the RAM where a part lives there. */
export function lanesOfPlacement(placement: Placement, machine: Machine, keep: number): Lane[] {
  const devices = lanesOfMachine(machine, keep)
  const cards = devicesOf(machine).filter((device) => device.available_bytes !== null)
  const widest = devices.reduce((a, b) => (b.total > a.total ? b : a), devices[0] ?? emptyLane())
  const { fit } = placement
  if (fit === 'none') return [{ ...widest, parts: partsOf(placement, placement.needed_bytes) }]
  if (fit === 'cpu') {
    return [{ ...(ramLane(machine, keep) ?? widest), parts: partsOf(placement, placement.needed_bytes) }]
  }
  const lanes = placement.devices.slice(0, MOST_LANES).map((device) => {
    const place = cards.findIndex(({ index }) => index === device.index)
    return { ...(devices[place] ?? widest), parts: partsOf(placement, device.needed_bytes) }
  })
  if (fit !== 'partial') return lanes
  const ram = ramLane(machine, keep)
  return ram ? [...lanes, { ...ram, parts: [['weights', placement.host_bytes]] }] : lanes
}

function emptyLane(): Lane {
  return { label: '', total: 0, free: 0, room: 0, parts: [], kind: 'gpu', index: null }
}

/**
 * The parts of one device's share, in the order of the bar. The whole is exact; where several devices
 * share a model, each is given its part of every kind.
 */
export function partsOf(placement: Placement, bytes: number): [Part, number][] {
  const { estimate, fit } = placement
  const side = fit === 'cpu' || fit === 'none' ? bothSides(estimate) : estimate.gpu
  const several = fit === 'multi_gpu' || fit === 'partial'
  const all = several ? placement.devices.reduce((sum, device) => sum + device.needed_bytes, 0) : bytes
  const share = all > 0 ? bytes / all : 0
  const kv = side.total_bytes - side.weights_bytes - side.compute_bytes
  const overhead = Math.max(0, bytes - side.total_bytes * share)
  return [
    ['weights', side.weights_bytes * share],
    ['kv', kv * share],
    ['compute', side.compute_bytes * share],
    ['overhead', overhead],
  ]
}

/** Without a GPU, what the estimate puts on one for batches is in system memory as well. */
function bothSides({ gpu, host }: Placement['estimate']) {
  return {
    weights_bytes: gpu.weights_bytes + host.weights_bytes,
    compute_bytes: gpu.compute_bytes + host.compute_bytes,
    total_bytes: gpu.total_bytes + host.total_bytes,
  }
}
