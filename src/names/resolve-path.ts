import type { ModelId } from '../../generated/ids.js'
import { matchWords } from './match-words.js'
import { isQuantizationLabel } from './quantization-label.js'
import type { NameIndex, TagMeaning } from './types.js'
import { OTHER_WEIGHTS, PROGRAM_FOLDERS } from './vocabulary.js'
import { ggufLabel, parseWords } from './words.js'

/** A path's parts, as far as they can name a model. */
export interface ModelPath {
  /** The repository in front of the file, where the layout says which folder that is. */
  repo: string | null
  /** Other folders, outermost first. */
  folders: readonly string[]
  /** Last segment: a file, or the folder of a model. */
  file: string
}

/** A file that leaves its name to its folder. */
const NAMELESS = /^(?:ggml-)?model$/i
/** llama.cpp's download cache joins owner, repository and file. */
const CACHED = /^([^_]+)_(.+[-_.]gguf)_(.+)$/i

/**
 * What a file means together with the folders around it: folder and file must name the same model.
 *
 * @example A repository `Qwen2.5-7B-Instruct-abliterated-GGUF` with a file `Qwen2.5-7B-Instruct-Q4_K_M.gguf` is neither.
 */
export function resolvePath(
  index: NameIndex,
  path: ModelPath,
): { model: ModelId | null; quantization: string | null } {
  const cached = CACHED.exec(path.file)
  if (cached?.[2] !== undefined && cached[3] !== undefined)
    return resolvePath(index, { folders: path.folders, repo: cached[2], file: cached[3] })
  const folders = path.repo === null ? path.folders : [...path.folders, path.repo]
  const labelFolder = folders.findLast((folder) => isQuantizationLabel(folder))
  const quantization =
    fileLabel(index, path.file) ?? (labelFolder ? ggufLabel(parseWords(labelFolder)) : null)
  const model = modelOfFile(index, path, folders)
  const agreed = model !== null && folders.every((folder) => agrees(index, folder, model))
  const repoAgrees = path.repo === null || (model !== null && namesOnly(index, path.repo, model))
  return { model: agreed && repoAgrees ? model : null, quantization }
}

/** The label in a file's name, else the one that the catalog gives the file. */
export function fileLabel(index: NameIndex, file: string): TagMeaning['quantization'] {
  const parsed = parseWords(file)
  return parsed.labels.length > 0 ? ggufLabel(parsed) : (index.file_labels.get(file.toLowerCase()) ?? null)
}

function modelOfFile(
  index: NameIndex,
  { repo, file }: ModelPath,
  folders: readonly string[],
): ModelId | null {
  const bare = parseWords(file)
  const folder = repo ?? folders.at(-1)
  const isNameless = NAMELESS.test(bare.words.join('-')) && bare.sizes.length === 0
  if (isNameless) return folder === undefined ? null : matchWords(index, folder)
  return matchWords(index, file)
}

/** A folder that names a model must name this one, or no more than this one's words. */
function agrees(index: NameIndex, folder: string, model: ModelId): boolean {
  const lower = folder.toLowerCase()
  if (OTHER_WEIGHTS.test(folder)) return matchWords(index, folder) === model
  if (PROGRAM_FOLDERS.has(lower) || index.owners.has(lower) || isQuantizationLabel(folder)) return true
  return !namesModel(index, folder) || namesOnly(index, folder, model)
}

function namesModel(index: NameIndex, folder: string): boolean {
  const { words, sizes, active } = parseWords(folder)
  return (
    sizes.length > 0 ||
    active !== '' ||
    (/gguf/i.test(folder) && words.length > 0) ||
    words.some((word) => index.family_words.has(word))
  )
}

function namesOnly(index: NameIndex, folder: string, model: ModelId): boolean {
  if (matchWords(index, folder) === model) return true
  const names = index.models.get(model)
  const { words, sizes, active } = parseWords(folder)
  if (names === undefined || /gguf/i.test(folder)) return false
  const activeKnown = active === '' || names.actives.has(active)
  const sizesKnown = activeKnown && sizes.length < 2 && sizes.every((size) => names.sizes.has(size))
  return sizesKnown && names.spellings.some((spelling) => isInOrder(words, spelling))
}

/** Whether all words stand in the spelling, in that order: `llama`, `3.1` in `llama`, `3.1`, `instruct`. */
function isInOrder(words: readonly string[], spelling: readonly string[]): boolean {
  let next = 0
  for (const word of spelling) if (word === words[next]) next += 1
  return next === words.length
}
