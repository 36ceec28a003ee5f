import type {
  FamilyFile,
  GpusFile,
  ModelFile,
  ProvidersFile,
  QuantizationsFile,
  SizeExceptionsFile,
  TiersFile,
} from '../../generated/authored.js'
import type { Diagnostic, Path, Severity } from './diagnostic.js'
import type { Loaded, Target } from './load.js'

/** One authored file that its schema accepts. */
export interface Entry<T> {
  file: string
  id: string
  data: T
  positionOf: Loaded['positionOf']
}

export interface ModelEntry extends Entry<ModelFile> {
  family: string
}

/** Everything that rules look at; a file that failed its schema is absent, but its path is in `present`. */
export interface Sources {
  models: readonly ModelEntry[]
  families: ReadonlyMap<string, Entry<FamilyFile>>
  gpus: readonly Entry<GpusFile>[]
  quantizations: Entry<QuantizationsFile> | undefined
  tiers: Entry<TiersFile> | undefined
  providers: Entry<ProvidersFile> | undefined
  sizeExceptions: Entry<SizeExceptionsFile> | undefined
  /** Ids and paths of every file that exists, readable or not. */
  present: ReadonlySet<string>
  /** First line of each file. */
  firstLines: ReadonlyMap<string, string>
  /** The latest date anywhere on Earth, YYYY-MM-DD. */
  today: string
}

export interface Finding {
  rule: string
  entry: Pick<Entry<unknown>, 'file' | 'positionOf'>
  path: Path
  target?: Target
  severity?: Severity
  message: string
  hint: string
}

export type Report = (finding: Finding) => void

/** One check across entries that passed their schema. `ids` are all that it may report. */
export interface Rule {
  ids: readonly string[]
  check(sources: Sources, report: Report): void
}

export function toDiagnostic(finding: Finding): Diagnostic {
  const { rule, entry, path, target, severity = 'error', message, hint } = finding
  return { rule, severity, file: entry.file, ...entry.positionOf(path, target), message, hint }
}
