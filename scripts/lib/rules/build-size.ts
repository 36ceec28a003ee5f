import type { Build } from '../../../generated/authored.js'
import { GB, GIB } from '../../../src/units.js'
import {
  agreesWithShown,
  exactBytes,
  expectedSize,
  parseShown,
  sumOfFiles,
  type ExpectedSize,
} from '../build-bytes.js'
import { countedParameters } from '../counted-parameters.js'
import type { Path } from '../diagnostic.js'
import { formatCount } from '../size-tokens.js'
import { otherSizes } from '../recipes/other-sizes.js'
import type { ModelEntry, Report, Rule, Sources } from '../sources.js'

/** A size that is off by more than this is no matter of another mix. */
const ERROR_BEYOND = 0.05

interface Size {
  bytes: number
  /** What the source's rounding allows, in bytes. */
  slack: number
  path: Path
  shown: boolean
}

/** Sizes are what architecture and quantization give, or the exception is written down. */
export const buildSize: Rule = {
  ids: [
    'build/bytes-sum',
    'build/bytes-shown',
    'plausible/file-size',
    'plausible/unit',
    'exception/unneeded',
    'exception/unknown',
  ],
  check(sources, report) {
    const needed = new Set<string>()
    for (const entry of sources.models)
      for (const [index, build] of (entry.data.builds ?? []).entries()) {
        checkAgreement(entry, index, build, report)
        // A list of exceptions that cannot be read would make every exception a mistake.
        if (sources.sizeExceptions || !sources.present.has('size-exceptions'))
          checkPlausible(sources, entry, { index, build, needed }, report)
      }
    checkExceptions(sources, needed, report)
  },
}

function checkAgreement(entry: ModelEntry, index: number, build: Build, report: Report): void {
  const sum = sumOfFiles(build)
  if (sum !== undefined && build.bytes !== undefined && sum !== build.bytes)
    report({
      rule: 'build/bytes-sum',
      entry,
      path: ['builds', index, 'bytes'],
      message: `bytes ${build.bytes} is not the sum of the files, ${sum}`,
      hint: 'remove bytes: the sum of all parts is computed',
    })
  const exact = exactBytes(build)
  const shown = build.bytes_shown === undefined ? undefined : parseShown(build.bytes_shown)
  if (exact !== undefined && shown && !agreesWithShown(exact, shown))
    report({
      rule: 'build/bytes-shown',
      entry,
      path: ['builds', index, 'bytes_shown'],
      message: `bytes_shown ${build.bytes_shown ?? ''} is not ${(exact / GIB).toFixed(2)} GiB (${(exact / GB).toFixed(2)} GB), as bytes says`,
      hint: 'check the unit: GB is 10^9 and GiB is 2^30; and that both are of the same file',
    })
}

function sizeOf(build: Build, index: number): Size | undefined {
  const files = build.files ?? []
  const exact = exactBytes(build)
  const path: Path = [
    'builds',
    index,
    ...(sumOfFiles(build) === undefined ? ['bytes'] : files.length === 1 ? ['files', 0, 'bytes'] : ['files']),
  ]
  if (exact !== undefined) return { bytes: exact, slack: 0, path, shown: false }
  const shown = build.bytes_shown === undefined ? undefined : parseShown(build.bytes_shown)
  return (
    shown && {
      bytes: shown.bytes,
      slack: shown.rounding + 0.005 * shown.bytes,
      path: ['builds', index, 'bytes_shown'],
      shown: true,
    }
  )
}

interface BuildAt {
  index: number
  build: Build
  /** Builds whose exception is needed, as `model@quantization`. */
  needed: Set<string>
}

function checkPlausible(
  sources: Sources,
  entry: ModelEntry,
  { index, build, needed }: BuildAt,
  report: Report,
): void {
  const quantization = sources.quantizations?.data.quantizations.find((row) => row.id === build.quantization)
  const size = sizeOf(build, index)
  if (!quantization || !size) return
  const expected = expectedSize(entry.data.architecture, entry.data.parameters, quantization)
  const off = offBy(size, expected.bytes)
  if (off <= expected.tolerance || isOtherSize(entry, { build, size, tolerance: expected.tolerance })) return
  needed.add(`${entry.id}@${build.quantization}`)
  if (isExcepted(sources, entry.id, build.quantization)) return
  const bits = (size.bytes * 8) / entry.data.parameters
  const usual = (expected.bytes * 8) / entry.data.parameters
  const unit = unitHint(size, expected)
  report({
    rule: unit === undefined ? 'plausible/file-size' : 'plausible/unit',
    severity: off > ERROR_BEYOND ? 'error' : 'warning',
    entry,
    path: size.path,
    message: `${(size.bytes / GB).toFixed(2)} GB for ${formatCount(entry.data.parameters)} parameters is ${bits.toFixed(2)} bits per weight; ${build.quantization} gives ${usual.toFixed(2)} (${(expected.bytes / GB).toFixed(2)} GB)`,
    hint: unit ?? sizeHint(size.bytes / expected.bytes, build),
  })
}

/** How far a size is from what it should be beyond its rounding, as a fraction. */
const offBy = (size: Size, expected: number): number =>
  Math.max(0, Math.abs(size.bytes - expected) - size.slack) / expected

/** Whether the file was made by another recipe that is known. */
function isOtherSize(
  { data }: ModelEntry,
  { build, size, tolerance }: { build: Build; size: Size; tolerance: number },
): boolean {
  return otherSizes(data, build).some((bytes) => offBy(size, bytes) <= tolerance)
}

/** 2^30 / 10^9: what a figure is off by when GB and GiB are mixed up. */
const MIX_UP = GIB / GB

function unitHint(size: Size, expected: ExpectedSize): string | undefined {
  const ratio = size.bytes / expected.bytes
  const near = (factor: number): boolean => Math.abs(ratio / factor - 1) <= 0.01
  if (expected.tolerance > 0.02 || (!near(MIX_UP) && !near(1 / MIX_UP))) return undefined
  if (size.shown)
    return near(MIX_UP)
      ? 'the figure is GB (10^9), not GiB: correct the unit'
      : 'the figure is GiB (2^30), not GB: correct the unit'
  return near(MIX_UP)
    ? 'GB and GiB are mixed up: the figure was multiplied by 2^30 instead of 10^9'
    : 'GB and GiB are mixed up: the figure was multiplied by 10^9 instead of 2^30'
}

function sizeHint(ratio: number, build: Build): string {
  if (ratio > 500 || ratio < 0.002) return 'is the unit wrong? bytes are plain bytes, not kB, MB or GB'
  if (ratio < 0.7 && (build.files ?? []).length <= 1)
    return 'is this one shard of several? bytes is the sum of all parts'
  return 'check file, quantization and architecture; where the publisher’s mix really differs, add it to catalog/size-exceptions.yaml'
}

function isExcepted(sources: Sources, model: string, quantization: string): boolean {
  const list = sources.sizeExceptions?.data.exceptions ?? []
  return list.some((row) => row.model === model && row.quantization === quantization)
}

function checkExceptions(sources: Sources, needed: ReadonlySet<string>, report: Report): void {
  const entry = sources.sizeExceptions
  for (const [index, row] of (entry?.data.exceptions ?? []).entries()) {
    const name = `${row.model}@${row.quantization}`
    if (!entry || needed.has(name)) continue
    const model = sources.models.find((candidate) => candidate.id === row.model)
    if (!model && sources.present.has(row.model)) continue
    const build = model?.data.builds?.find((candidate) => candidate.quantization === row.quantization)
    if (!build)
      report({
        rule: 'exception/unknown',
        entry,
        path: ['exceptions', index, 'model'],
        message: `build ${name} does not exist`,
        hint: 'correct the name, or remove the exception',
      })
    else if (isChecked(sources, model, row.quantization))
      report({
        rule: 'exception/unneeded',
        entry,
        path: ['exceptions', index, 'model'],
        message: `the size of ${name} is as computed, so it needs no exception`,
        hint: 'remove the exception',
      })
  }
}

/** Without its quantization's row, or for an architecture that is not known, no size is computed. */
function isChecked({ quantizations }: Sources, model: ModelEntry | undefined, id: string): boolean {
  const known = quantizations?.data.quantizations.some((row) => row.id === id) ?? false
  return known && model !== undefined && countedParameters(model.data.architecture) !== null
}
