import type {
  Architecture,
  FamilyFile,
  GpusFile,
  ModelFile,
  ProvidersFile,
  QuantizationsFile,
  SizeExceptionsFile,
  TiersFile,
} from '../../generated/authored.js'
import { withoutConsequences } from './consequences.js'
import { compareDiagnostics, type Diagnostic } from './diagnostic.js'
import { placeFile, REQUIRED_FILES, type Kind } from './layout.js'
import { loadYaml } from './load.js'
import { RULES } from './rules/index.js'
import { validateSchema, type Schemas } from './schema.js'
import { toDiagnostic, type Entry, type Finding, type ModelEntry, type Sources } from './sources.js'

export interface Checked {
  sources: Sources
  /** Sorted by file, line and column. */
  diagnostics: Diagnostic[]
}

type Draft = { -readonly [K in keyof Sources]: Sources[K] } & {
  models: ModelEntry[]
  families: Map<string, Entry<FamilyFile>>
  gpus: Entry<GpusFile>[]
  present: Set<string>
  firstLines: Map<string, string>
  /** By their JSON. */
  architectures: Map<string, Architecture>
}

/**
 * Checks every file of a catalog and then the catalog as a whole.
 *
 * @param files - Bytes by path, `catalog/…`.
 * @param today - YYYY-MM-DD; dates after it are in the future.
 */
export function checkCatalog(
  files: ReadonlyMap<string, Uint8Array>,
  schemas: Schemas,
  today: string,
): Checked {
  const draft = emptyDraft(today)
  const diagnostics: Diagnostic[] = []
  for (const [file, bytes] of files) diagnostics.push(...checkFile(draft, file, bytes, schemas))
  for (const file of REQUIRED_FILES) if (!files.has(file)) diagnostics.push(missingFile(file))
  const findings: Finding[] = []
  for (const rule of RULES) rule.check(draft, (finding) => findings.push(finding))
  diagnostics.push(...withoutConsequences(findings).map(toDiagnostic))
  return { sources: draft, diagnostics: diagnostics.sort(compareDiagnostics) }
}

function emptyDraft(today: string): Draft {
  return {
    models: [],
    families: new Map(),
    gpus: [],
    quantizations: undefined,
    tiers: undefined,
    providers: undefined,
    sizeExceptions: undefined,
    present: new Set(),
    firstLines: new Map(),
    architectures: new Map(),
    today,
  }
}

function missingFile(file: string): Diagnostic {
  return {
    rule: 'path/layout',
    severity: 'error',
    file,
    line: 1,
    col: 1,
    message: 'the file is missing',
    hint: 'restore it from the repository; every catalog needs it',
  }
}

function checkFile(draft: Draft, file: string, bytes: Uint8Array, schemas: Schemas): Diagnostic[] {
  const placed = placeFile(file)
  if ('rule' in placed) return [placed]
  draft.present.add(file).add(placed.kind === 'family' ? `family ${placed.id}` : placed.id)
  const loaded = loadYaml(file, bytes)
  if (loaded.diagnostics.length > 0) return loaded.diagnostics
  const diagnostics = validateSchema(loaded, placed.kind, schemas)
  if (diagnostics.length > 0) return diagnostics
  draft.firstLines.set(file, new TextDecoder().decode(bytes.subarray(0, 200)).split(/\r?\n/)[0] ?? '')
  addEntry(draft, placed.kind, { file, id: placed.id, data: loaded.data, positionOf: loaded.positionOf })
  return []
}

/** The schema has accepted `data`, so it has the type that is generated from that schema. */
function addEntry(draft: Draft, kind: Kind, entry: Entry<unknown>): void {
  if (kind === 'model') draft.models.push(modelEntry(draft, entry as Entry<ModelFile>))
  else if (kind === 'family') draft.families.set(entry.id, entry as Entry<FamilyFile>)
  else if (kind === 'gpus') draft.gpus.push(entry as Entry<GpusFile>)
  else if (kind === 'quantizations') draft.quantizations = entry as Entry<QuantizationsFile>
  else if (kind === 'tiers') draft.tiers = entry as Entry<TiersFile>
  else if (kind === 'providers') draft.providers = entry as Entry<ProvidersFile>
  else draft.sizeExceptions = entry as Entry<SizeExceptionsFile>
}

/** Fine-tunes have the architecture of their base: as one object, its tensors are counted and sized once. */
function modelEntry({ architectures }: Draft, entry: Entry<ModelFile>): ModelEntry {
  const key = JSON.stringify(entry.data.architecture)
  const architecture = architectures.get(key) ?? entry.data.architecture
  architectures.set(key, architecture)
  const family = entry.id.slice(0, entry.id.indexOf(':'))
  return { ...entry, data: { ...entry.data, architecture }, family }
}
