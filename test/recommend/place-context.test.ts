import { describe, expect, it } from 'vitest'
import { placeContext } from '../../src/recommend/place-context.js'
import type { Machine } from '../../src/machine.js'
import { GIB } from '../../src/units.js'
import { gpu, machine } from './machines.js'

const contextOf = (asked: Machine) =>
  placeContext({ machine: asked, context: undefined, kv_type: 'f16', headroom_bytes: 2 * GIB })

describe('placeContext', () => {
  it('leaves of a card what neither headroom nor the runtime takes', () => {
    expect(contextOf(machine(64, [gpu(24)])).room_bytes).toBe(23_150_460_928)
  })

  it('takes the roomiest card for a model, and all together for what can never fit', () => {
    const both = contextOf(machine(64, [gpu(24), gpu(12)]))
    expect(both.room_bytes).toBe(23_150_460_928)
    expect(both.total_room_bytes).toBe(23_150_460_928 + contextOf(machine(64, [gpu(12)])).room_bytes)
  })

  it('has no room on a card that is full or unknown', () => {
    expect(contextOf(machine(64, [gpu(24, { free_bytes: 0 })])).room_bytes).toBe(0)
    expect(contextOf(machine(64, [gpu(24, { free_bytes: null })])).total_room_bytes).toBe(0)
  })

  it('has one key for one question, and another for other free memory', () => {
    const { key } = contextOf(machine(64, [gpu(24)]))
    expect(contextOf(machine(64, [gpu(24)])).key).toBe(key)
    expect(contextOf(machine(63, [gpu(24)])).key).not.toBe(key)
    expect(contextOf(machine(64, [gpu(23)])).key).not.toBe(key)
  })
})
