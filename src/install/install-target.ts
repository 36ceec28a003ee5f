import { defaultBuild, findBuild, findModel, loadGguf, splitBuildSpec } from '../catalog/index.js'
import type { BuildRow, ModelRow } from '../catalog/index.js'
import { AlmanacError } from '../errors.js'
import { parseHfSpec } from '../gguf/hf-spec.js'
import { parseQuantizationLabel, parseSplitSuffix } from '../names/index.js'

/** More parts than any published model has. */
const MAX_PARTS = 500

/** A file on the hub; size and hash are what the catalog knows. */
export interface TargetFile {
  repo: string
  name: string
  revision?: string | undefined
  bytes?: number | undefined
  /** 64 lower-case hex digits. */
  sha256?: string | undefined
}

/** What is to be installed, whoever gets it. */
export interface InstallTarget {
  /** As the user wrote it: a catalog id, or `hf:OWNER/REPO/FILE.gguf`. */
  label: string
  model: ModelRow | null
  build: BuildRow | null
  quantization: string | null
  /** Files on the hub, all parts in order; empty where only a provider's library has the build. */
  files: TargetFile[]
  /** Name under which Ollama pulls it; null where it cannot. */
  ollama_name: string | null
  /** Bytes of all files, as far as the catalog knows. */
  bytes: number | null
}

/**
 * Reads `MODEL[@QUANT]` or `hf:OWNER/REPO/FILE.gguf`. Nothing is asked of any server.
 *
 * @param findNamed - How a name that is no catalog id is looked up; default: not at all.
 * @throws {AlmanacError} `BAD_USAGE` for a bad hf: spec, `UNKNOWN_MODEL`, `UNKNOWN_BUILD`.
 */
export async function parseInstallTarget(
  spec: string,
  findNamed: (name: string) => Promise<ModelRow | undefined> = async () => undefined,
): Promise<InstallTarget> {
  if (spec.startsWith('hf:')) return hubTarget(spec)
  const { model: name, quantization } = splitBuildSpec(spec)
  const model = findModel(name) ?? (await findNamed(name))
  if (!model) throw unknownModel(name)
  const build = quantization === undefined ? defaultBuild(model) : findBuild(model, quantization)
  if (!build) throw unknownBuild(model, quantization)
  return catalogTarget(model, build)
}

function hubTarget(spec: string): InstallTarget {
  const { repo, file } = parseHfSpec(spec)
  const quantization = parseQuantizationLabel(file.split('/').at(-1) ?? file)
  const files = listParts(file).map((name) => ({ repo, name }))
  return {
    label: spec,
    model: null,
    build: null,
    quantization,
    files,
    ollama_name: nameOnHub(repo, files.length, quantization),
    bytes: null,
  }
}

/**
 * The name under which Ollama pulls a file from Hugging Face. It cannot pull split ones:
 * https://github.com/ollama/ollama/issues/5245
 */
function nameOnHub(repo: string | undefined, parts: number, quantization: string | null): string | null {
  return repo === undefined || parts !== 1 || quantization === null ? null : `hf.co/${repo}:${quantization}`
}

/** All parts of a split file, given any of them. @throws {AlmanacError} `BAD_USAGE` beyond 500 parts. */
export function listParts(file: string): string[] {
  const split = parseSplitSuffix(file)
  if (!split) return [file]
  if (split.parts > MAX_PARTS) throw new AlmanacError('BAD_USAGE', `no model has ${split.parts} parts`)
  const digits = (count: number) => String(count).padStart(5, '0')
  const end = `-of-${digits(split.parts)}.gguf`
  return Array.from({ length: split.parts }, (_, index) => `${split.stem}-${digits(index + 1)}${end}`)
}

async function catalogTarget(model: ModelRow, build: BuildRow): Promise<InstallTarget> {
  const row = (await loadGguf())[model.id].find((candidate) => candidate.quantization === build.quantization)
  const repo = row?.repo
  const files = row?.files ?? []
  return {
    label: model.id,
    model,
    build,
    quantization: build.quantization,
    files: repo === undefined ? [] : files.map((file) => ({ ...file, repo, revision: row?.revision })),
    ollama_name: build.ollama_tag ?? nameOnHub(repo, files.length, build.quantization),
    bytes: build.bytes,
  }
}

function unknownModel(name: string): AlmanacError {
  const shown = name.slice(0, 100)
  return new AlmanacError(
    'UNKNOWN_MODEL',
    `no model "${shown}" in the catalog`,
    'llm-almanac models lists them; hf:OWNER/REPO/FILE.gguf names any file',
  )
}

function unknownBuild(model: ModelRow, quantization: string | undefined): AlmanacError {
  const labels = model.builds.map((build) => build.quantization).join(', ')
  return quantization === undefined
    ? new AlmanacError('UNKNOWN_BUILD', `${model.id} has no build to run locally`)
    : new AlmanacError(
        'UNKNOWN_BUILD',
        `${model.id} has no build "${quantization.slice(0, 40)}"`,
        `it has ${labels}`,
      )
}
