import type { Machine } from '../machine.js'
import { simulateMachine } from '../recommend/index.js'
import type { CommandInput } from './command.js'
import { bytesOption, textOption } from './options.js'

/** The machine that a command is about: this one, a recording, or what --vram and --ram describe. */
export async function loadMachine(values: CommandInput['values']): Promise<Machine> {
  const hardware = await import('../hardware/index.js')
  const replay = textOption(values, 'replay')
  const source = replay === undefined ? hardware.liveSource() : hardware.readRecording(replay)
  const machine = await hardware.probeMachine(source)
  const vram_bytes = bytesOption(values, 'vram')
  const ram_bytes = bytesOption(values, 'ram')
  return simulateMachine(machine, {
    ...(vram_bytes === undefined ? {} : { vram_bytes }),
    ...(ram_bytes === undefined ? {} : { ram_bytes }),
  })
}
