/** Bytes that grow evenly with the context: so many at first, and `step` more with every step. */
export interface Growing {
  bytes: number
  step: number
}

export const NO_BYTES: Growing = { bytes: 0, step: 0 }

export function plus(a: Growing, b: Growing): Growing {
  return { bytes: a.bytes + b.bytes, step: a.step + b.step }
}

/** Compares growing bytes at the first step, and keeps how many steps further every answer stays the same. */
export class Comparisons {
  /** Steps to which all answers hold, the last included. */
  steps: number

  constructor(steps: number) {
    this.steps = steps
  }

  isAtLeast(a: Growing, b: Growing): boolean {
    const over = a.bytes - b.bytes
    const step = a.step - b.step
    if (over >= 0) {
      if (step < 0) this.#until(Math.floor(over / -step))
      return true
    }
    if (step > 0) this.#until(Math.ceil(-over / step) - 1)
    return false
  }

  isEqual(a: Growing, b: Growing): boolean {
    const over = a.bytes - b.bytes
    const step = a.step - b.step
    if (step === 0) return over === 0
    if (over === 0) {
      this.#until(0)
      return true
    }
    const meeting = -over / step
    if (meeting > 0 && Number.isInteger(meeting)) this.#until(meeting - 1)
    return false
  }

  #until(steps: number): void {
    if (steps < this.steps) this.steps = steps
  }
}
