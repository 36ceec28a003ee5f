import type { Machine } from '../machine.js'
import { devicesOf } from '../memory/index.js'
import type { KvType } from '../memory/index.js'

/** What is asked of every build. */
export interface Question {
  machine: Machine
  context: number | undefined
  kv_type: KvType
  headroom_bytes: number
}

/** The question, with what is worked out of it once for all builds. */
export interface PlaceContext extends Question {
  /** All of the question that decides where a build lands; equal keys get equal answers. */
  key: string
  /** What the roomiest card of its own memory offers to weights and cache, in bytes; 0 where there is none. */
  room_bytes: number
  /** What all devices offer together: more than any plan can use, so less never fits. */
  total_room_bytes: number
}

/**
 * Works out of a question what every build is compared with.
 *
 * @example One GPU with 24 GiB free, 2 GiB of which stay free: 450 MiB are overhead: `room_bytes` is 23_150_460_928.
 */
export function placeContext(question: Question): PlaceContext {
  const { machine, context, kv_type, headroom_bytes } = question
  const devices = devicesOf(machine)
  const known = devices.map((device) => Object.values(device).join())
  const key = [machine.ram.available_bytes, context, kv_type, headroom_bytes, ...known].join(';')
  let [room_bytes, total_room_bytes] = [0, 0]
  for (const { available_bytes, overhead_bytes, unified } of devices) {
    const room = Math.max(0, (available_bytes ?? 0) - overhead_bytes - headroom_bytes)
    total_room_bytes += room
    if (!unified) room_bytes = Math.max(room_bytes, room)
  }
  return { ...question, key, room_bytes, total_room_bytes }
}
