import { computed, signal } from '@preact/signals'
import type { Gpu, GpuVendor, Machine, Problem, ProblemKind } from '../../machine.js'
import { fetchApi } from './fetch-api.js'
import { IS_STATIC, linkTo } from './page-mode.js'
import { settledWhatIf, whatIf } from './question.js'
import { fieldsOf, listOf, numberOf, printable, textOf } from './read-json.js'
import { cardOf, machineOfWhatIf } from './what-if-machine.js'

/** `lost`: the server has stopped answering; the list stays usable with the last numbers. */
export type MachineState = 'loading' | 'ready' | 'lost'

/** What the server measured; null until it has answered. */
export const measured = signal<Machine | null>(null)
export const machineState = signal<MachineState>(IS_STATIC ? 'ready' : 'loading')

/** The machine that is asked about now. */
export const machine = computed<Machine | null>(() => machineOfWhatIf(measured.value, whatIf.value))
/** The same for the order of the list, which rests while a slider is dragged. */
export const settledMachine = computed<Machine | null>(() =>
  machineOfWhatIf(measured.value, settledWhatIf.value),
)
/** The card that is asked about, which a moving slider leaves alone. */
export const askedCard = computed(() => cardOf(whatIf.value))
/** Whether another machine than this one is looked at. */
export const isWhatIf = computed(
  () => IS_STATIC || whatIf.value.gpu !== undefined || whatIf.value.ram !== undefined,
)

/** While the server is away, it is asked this often. */
const RETRY_MS = 3_000
let retry: ReturnType<typeof setTimeout> | undefined

/** Asks the server for the machine; the old numbers stay until new ones are there. */
export async function refreshMachine(): Promise<void> {
  if (IS_STATIC) return
  clearTimeout(retry)
  const answer = await fetchApi(linkTo('api/model/machine'))
  if (answer.ok) {
    const next = parseMachine(answer.body)
    // The same numbers again must not wake the whole page.
    if (JSON.stringify(next) !== JSON.stringify(measured.peek())) measured.value = next
    machineState.value = 'ready'
  } else {
    machineState.value = 'lost'
    retry = setTimeout(() => void refreshMachine(), RETRY_MS)
  }
}

const VENDORS: readonly string[] = ['nvidia', 'amd', 'intel', 'apple']

function isVendor(text: string | null): text is GpuVendor {
  return text !== null && VENDORS.includes(text)
}

/** Reads the JSON of `hardware --json`; what has a wrong type is unknown, a card of no known vendor is left out. */
export function parseMachine(body: unknown): Machine {
  const fields = fieldsOf(body)
  const ram = fieldsOf(fields['ram'])
  return {
    platform: textOf(fields['platform']) ?? 'unknown',
    arch: textOf(fields['arch']) ?? 'unknown',
    ram: { total_bytes: numberOf(ram['total_bytes']), available_bytes: numberOf(ram['available_bytes']) },
    gpus: listOf(fields['gpus']).flatMap((row, index): Gpu[] => {
      const vendor = textOf(row['vendor'])
      if (!isVendor(vendor)) return []
      const parent = numberOf(row['mig_parent'])
      return [
        {
          index: numberOf(row['index']) ?? index,
          vendor,
          name: printable(textOf(row['name']) ?? 'Graphics card', 120),
          total_bytes: numberOf(row['total_bytes']),
          free_bytes: numberOf(row['free_bytes']),
          used_bytes: numberOf(row['used_bytes']),
          utilization_percent: numberOf(row['utilization_percent']),
          unified: row['unified'] === true,
          budget_bytes: numberOf(row['budget_bytes']),
          source: textOf(row['source']) ?? '',
          ...(parent === null ? {} : { mig_parent: parent }),
        },
      ]
    }),
    problems: listOf(fields['problems']).map((row): Problem => ({
      probe: textOf(row['probe']) ?? '',
      kind: (textOf(row['kind']) ?? 'unsupported') as ProblemKind,
      message: printable(textOf(row['message']) ?? ''),
      hint: printable(textOf(row['hint']) ?? ''),
    })),
  }
}
