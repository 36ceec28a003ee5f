import type { Machine, ProblemKind } from '../../machine.js'
import { fittingRows, ranked } from '../state/ranking.js'
import { refreshMachine } from '../state/machine.js'

/** One sentence a kind, with what usually helps. A missing tool is no problem while cards were found. */
const SENTENCES: Readonly<Record<ProblemKind, string | null>> = {
  not_found: null,
  no_devices: null,
  unsupported: null,
  timed_out: 'A tool that reports the graphics card did not answer in time.',
  driver_mismatch: 'The NVIDIA driver and its library have different versions. A restart usually helps.',
  no_driver: 'The NVIDIA driver is not running. Installing or loading it makes the card usable.',
  gpu_lost: 'A graphics card has dropped off the bus. A restart usually brings it back.',
  permission_denied:
    'The graphics card may not be read by this user. Its group (video or render) usually helps.',
  bad_output: 'A tool reported the graphics card in a way that could not be read.',
}

/** What keeps this machine's numbers from being complete. */
export function MachineProblems({ machine }: { machine: Machine }) {
  const sentences = new Set<string>()
  for (const { kind } of machine.problems) {
    const sentence = SENTENCES[kind]
    if (sentence) sentences.add(sentence)
  }
  // Where nothing runs on a card, the headline says why.
  const onCard = fittingRows.value.some(({ placement }) => placement.fit !== 'cpu')
  if (onCard) for (const warning of ranked.value?.warnings ?? []) sentences.add(warning)
  if (sentences.size === 0) return null
  return (
    <div class="aside-note notice">
      <p>{[...sentences].join(' ')}</p>
      <button class="button" type="button" onClick={() => void refreshMachine()}>
        Check again
      </button>
    </div>
  )
}
