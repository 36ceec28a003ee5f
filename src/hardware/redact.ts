import { hostname, userInfo } from 'node:os'
import { isRecord, parseToolJson } from './json-value.js'

const NO_UUID = '00000000-0000-0000-0000-000000000000'

/** Keys and elements whose value names this one machine, a person, or what runs. */
const PRIVATE_KEY =
  '[\\w .()-]{0,60}(?:serial|uuid|guid|unique.?id|host|user|process|asset|\\bpdi|fabric)[\\w .()-]{0,60}'

const RULES: readonly (readonly [RegExp, string])[] = [
  // nvidia-smi -q -x: all that runs, then single elements.
  [/<(processes|accounted_processes)>[\s\S]*?<\/\1>/g, '<$1></$1>'],
  [new RegExp(`<(${PRIVATE_KEY.replaceAll(' .()', '')})>[^<]*</\\1>`, 'gi'), '<$1>N/A</$1>'],
  [/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi, NO_UUID],
  // rocm-smi lists what runs by process id.
  [/"PID\d+"(\s*:\s*)"[^"]*"/g, '"PID0"$1"redacted"'],
  [
    new RegExp(`"(${PRIVATE_KEY})"(\\s*:\\s*)(?:"(?:[^"\\\\]|\\\\.)*"|-?\\d[\\d.eE+-]*)`, 'gi'),
    '"$1"$2"redacted"',
  ],
  [/\b(serial(?: number)?|uuid|unique id)(["']?\s*[:=]\s*)(?!["\s])[^\s,;)"]+/gi, '$1$2redacted'],
  [/(\/(?:home|Users)\/)[^/\s"':;,<>]+/g, '$1user'],
  [/(\\{1,2}Users\\{1,2})[^\\\s"':;,<>]+/gi, '$1user'],
  [/\b[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})*/g, 'redacted'],
]

/** Words that are also part of what the tools print, so they cannot be blanked where a machine bears them as its name. */
const TECHNICAL =
  /^(?:nvidia|amd|intel|apple|radeon|geforce|linux|ubuntu|debian|fedora|windows|localhost|root|user|admin|gpu\w*|\w{1,3}|\d+)$/i

/** A part of a display's description; its monitors have serial numbers, and AirPlay ones the names of their owners. */
const MONITORS = 'spdisplays_ndrvs'

/**
 * What a probe printed, without what identifies the machine or its user: UUIDs, serial numbers, running processes, names of
 * users and of the host, paths in a home. What the parsers read stays, character by character where possible.
 */
export function redactOutput(probe: string, text: string): string {
  let result = probe === 'apple.displays' ? withoutMonitors(text) : text
  if (probe === 'windows.video_controllers') result = withoutInstances(result)
  for (const [pattern, replacement] of RULES) result = result.replace(pattern, replacement)
  for (const name of ownNames()) result = result.replace(name, 'redacted')
  return result
}

/** A file's text; long hexadecimal numbers in it name containers and boot images. */
export function redactFile(text: string): string {
  return redactOutput('', text).replace(/\b[0-9a-f]{32,64}\b/g, 'redacted')
}

function withoutMonitors(text: string): string {
  const json = parseToolJson(text)
  if (json === undefined) return text
  const strip = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(strip)
    if (!isRecord(value)) return value
    const entries = Object.entries(value).filter(([key]) => key !== MONITORS)
    return Object.fromEntries(entries.map(([key, inner]) => [key, strip(inner)]))
  }
  return `${JSON.stringify(strip(json), null, 2)}\n`
}

/** The last part of a PNP id is a serial number or a place; a number in its stead keeps two cards apart. */
function withoutInstances(text: string): string {
  const seen = new Map<string, number>()
  return text.replace(
    /((?:PCI|ROOT|USB|SWD)(?:\\{1,2}[^\\"]+)\\{1,2})([^\\"]+)(?=")/gi,
    (all, head: string) => {
      const number = seen.get(all) ?? seen.size
      seen.set(all, number)
      return `${head}${number}`
    },
  )
}

function ownNames(): RegExp[] {
  let user = ''
  try {
    user = userInfo().username
  } catch {
    // A container may run as a user id without a name.
  }
  return [user, hostname(), hostname().split('.')[0] ?? '']
    .filter((name) => name !== '' && !TECHNICAL.test(name))
    .map((name) => new RegExp(`(?<![\\w.-])${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w-])`, 'gi'))
}
