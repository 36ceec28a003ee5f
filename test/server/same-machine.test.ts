import { describe, expect, it } from 'vitest'
import { isSameMachine } from '../../src/server/same-machine.js'
import { MIB } from '../../src/units.js'
import { gpu, machine } from '../recommend/machines.js'

describe('isSameMachine', () => {
  const before = machine(32, [gpu(24)])
  const withRam = (available_bytes: number | null) => ({ ...before, ram: { ...before.ram, available_bytes } })
  const available = before.ram.available_bytes ?? 0

  it.each([
    ['the same facts', machine(32, [gpu(24)]), true],
    ['64 MiB less available', withRam(available - 64 * MIB), true],
    ['a byte more than that', withRam(available - 64 * MIB - 1), false],
    ['available memory that is no longer known', withRam(null), false],
    ['a card with less free', machine(32, [gpu(23)]), false],
    ['a card that is gone', machine(32), false],
  ])('compares facts: %s', (_what, now, same) => {
    expect(isSameMachine(before, now)).toBe(same)
    expect(isSameMachine(now, before)).toBe(same)
  })

  it('takes unknown for unknown', () => {
    expect(isSameMachine(withRam(null), withRam(null))).toBe(true)
  })
})
