import type { Problem, ProblemKind } from '../machine.js'
import type { CommandResult } from '../process/run-command.js'
import { PROBES } from './probe-source.js'

/** How a tool says that something is wrong, in the order of how much it explains. */
const PATTERNS: readonly (readonly [RegExp, ProblemKind])[] = [
  [/driver\/library version mismatch|mismatch in versions/i, 'driver_mismatch'],
  [/blocked by the operating system/i, 'permission_denied'],
  [
    /insufficient permissions?|permission denied|operation not permitted|access (?:is )?denied/i,
    'permission_denied',
  ],
  [/not a member of|PermissionError|verweigert|refusé|denegado|отказано/i, 'permission_denied'],
  // A container whose device rules were reset under it; and Windows without administrator's rights.
  [
    /failed to initialize nvml: unknown error|not running as an? administrator|running as an administrator/i,
    'permission_denied',
  ],
  [
    /gpu is lost|fallen off the bus|unable to determine the device handle|reboot the system to recover/i,
    'gpu_lost',
  ],
  [/gpu requires reset|reset required/i, 'gpu_lost'],
  [/couldn'?t communicate with the nvidia driver|driver (?:is )?not loaded/i, 'no_driver'],
  [/module is not loaded|driver not initialized|not found in modules|amdgpu driver/i, 'no_driver'],
  [
    /no devices were found|no supported gpus? (?:were|was) found|no (?:amd )?gpus? (?:were )?(?:found|detected|specified)/i,
    'no_devices',
  ],
  [/no (?:amd |intel )?(?:gpu )?devices? (?:were |was )?(?:found|discovered|detected)/i, 'no_devices'],
  [/libnvidia-ml|nvml.*(?:shared library|not found)|lib\w+\.so\S*.*(?:cannot open|not found)/i, 'no_driver'],
  [/level.?zero.{0,40}(?:error|fail)|failed to init(?:ialize)? (?:level|xpum|core)/i, 'no_driver'],
  [/is not recognized as|command not found|no such file or directory/i, 'not_found'],
  [
    /not a valid field|not supported|unrecognized arguments|invalid (?:combination|argument|option)/i,
    'unsupported',
  ],
]

/** The kind of failure that a tool's text speaks of, or `null`. */
export function classifyText(text: string): ProblemKind | null {
  const head = text.slice(0, 20_000)
  return PATTERNS.find(([pattern]) => pattern.test(head))?.[1] ?? null
}

/** Exit codes that mean the same for every tool: a shell wrapper that could not run it, or not find it. */
const SHELL_CODES: Readonly<Record<number, ProblemKind>> = { 126: 'permission_denied', 127: 'not_found' }

/**
 * Why a command gave no usable answer. What it says counts before its exit code, because wrappers change the code;
 * where the text is in another language the code remains.
 */
export function classifyFailure(
  result: CommandResult,
  codes: Readonly<Record<number, ProblemKind>> = {},
): ProblemKind {
  if (result.not_found) return 'not_found'
  if (result.timed_out) return 'timed_out'
  const byText = classifyText(`${result.stdout}\n${result.stderr}`)
  if (byText !== null) return byText
  const code = result.exit_code
  return (code === null ? undefined : (codes[code] ?? SHELL_CODES[code])) ?? 'bad_output'
}

/** The first line of what a tool said, short enough for one line of ours. */
export function firstLine(result: CommandResult): string {
  const lines = `${result.stdout}\n${result.stderr}`.split(/\r?\n/).map((line) => line.trim())
  // A tool's colours would reach the user's terminal.
  const line = (lines.find((text) => text !== '') ?? '').replace(/[\u0000-\u001f\u007f-\u009f]/g, ' ')
  return line.length > 160 ? `${line.slice(0, 157)}...` : line
}

/** A failed command as a problem: what, why, what to do. */
export function commandProblem(
  probe: string,
  result: CommandResult,
  kind: ProblemKind,
  hints: Partial<Record<ProblemKind, string>>,
): Problem {
  const tool = toolOf(probe)
  const said = firstLine(result)
  const message: Record<ProblemKind, string> = {
    not_found: `${tool} is not installed or not on the PATH`,
    timed_out: `${tool}: no answer within the time limit`,
    driver_mismatch: `${tool}: the driver and its library have different versions`,
    no_driver: `${tool}: the driver is not loaded`,
    no_devices: `${tool}: the tool sees no GPU`,
    gpu_lost: `${tool}: a GPU has stopped answering`,
    permission_denied: `${tool}: this user may not read the GPU`,
    bad_output: `${tool}: the output was not understood`,
    unsupported: `${tool}: the query is not supported`,
  }
  const text = said === '' || kind === 'not_found' || kind === 'timed_out' ? '' : ` ("${said}")`
  return { probe, kind, message: message[kind] + text, hint: hints[kind] ?? GENERIC_HINTS[kind] }
}

function toolOf(probe: string): string {
  const argv = Object.entries(PROBES).find(([id]) => id === probe)?.[1]
  return probe.startsWith('windows.') ? 'PowerShell' : (argv?.[0] ?? 'xpu-smi')
}

const GENERIC_HINTS: Readonly<Record<ProblemKind, string>> = {
  not_found: 'Install the tool, or put its directory on the PATH.',
  timed_out: 'Run the tool by hand; if it hangs there too, reload the driver or reboot.',
  driver_mismatch: 'Reboot, so that the new driver is loaded.',
  no_driver: 'Install or load the driver, then reboot.',
  no_devices: 'Check that the card is plugged in, enabled, and passed through to this system.',
  gpu_lost: 'Reboot; if it happens again, check the power supply, the slot and the temperature.',
  permission_denied: 'Run as a user who may use the GPU.',
  bad_output: 'Report it, with the file that `llm-almanac hardware --record FILE` makes.',
  unsupported: 'Update the driver.',
}
