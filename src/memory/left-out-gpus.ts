import type { Machine } from '../machine.js'
import { devicesOf } from './devices.js'

/** Why nothing is planned on the GPUs of which no probe knows what is free: a sentence each. */
export function explainLeftOutGpus(machine: Machine): string[] {
  const leftOut = devicesOf(machine).filter((device) => device.available_bytes === null)
  return leftOut.map(({ index, name }) => {
    const gpu = machine.gpus.find((each) => each.index === index)
    const isSized = (gpu?.budget_bytes ?? gpu?.total_bytes ?? null) !== null
    return `The ${isSized ? 'free memory' : 'memory'} of ${name} is unknown, so nothing is planned on it.`
  })
}
