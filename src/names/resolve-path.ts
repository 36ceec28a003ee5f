import { agrees, isPlainOwner, namesOnly } from './agreement.js'
import { matchWords } from './match-words.js'
import { isQuantizationLabel } from './quantization-label.js'
import type { Meaning, NameIndex } from './types.js'
import { ggufLabel, parseWords } from './words.js'

/** A path's parts, as far as they can name a model. */
export interface ModelPath {
  /** Whose repository it is, where the layout says so. */
  owner: string | null
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
export function resolvePath(index: NameIndex, path: ModelPath): Meaning {
  const cached = splitCached(path)
  if (cached) return resolvePath(index, cached)
  const folders = path.repo === null ? path.folders : [...path.folders, path.repo]
  const bare = parseWords(path.file)
  const isNameless = NAMELESS.test(bare.words.join('-')) && bare.sizes.length === 0
  const named = isNameless ? (path.repo ?? path.folders.at(-1)) : path.file
  const labelFolder = path.folders.findLast((folder) => isQuantizationLabel(folder))
  const quantization =
    fileLabel(index, path.file) ??
    (isNameless && named !== undefined ? fileLabel(index, named) : null) ??
    (labelFolder ? ggufLabel(parseWords(labelFolder)) : null)
  const model = named === undefined ? null : matchWords(index, named)
  const agreed = model !== null && folders.every((folder) => agrees(index, folder, model))
  const repoAgrees = path.repo === null || (model !== null && namesOnly(index, path.repo, model))
  return {
    model: agreed && repoAgrees && (path.owner === null || isPlainOwner(index, path.owner)) ? model : null,
    quantization,
  }
}

/** `owner_repo-GGUF_[folder_]file` of llama.cpp's cache taken apart; `null` where the file is not called so. */
function splitCached({ repo: around, folders, file }: ModelPath): ModelPath | null {
  const [, owner, repo, inside] = CACHED.exec(file) ?? []
  if (owner === undefined || repo === undefined || inside === undefined) return null
  const outer = around === null ? folders : [...folders, around]
  return { owner, repo, folders: outer, file: withoutOwnFolder(inside) }
}

/** A folder in a repository mostly has its file's own name: `Name-Q6_K_Name-Q6_K-00001-of-00002.gguf`. */
function withoutOwnFolder(name: string): string {
  for (let at = name.lastIndexOf('_'); at > 0; at = name.lastIndexOf('_', at - 1))
    if (name.startsWith(name.slice(0, at), at + 1)) return name.slice(at + 1)
  return name
}

/** The label in a file's name, else the one that the catalog gives the file. */
export function fileLabel(index: NameIndex, file: string): string | null {
  const parsed = parseWords(file)
  return parsed.labels.length > 0 ? ggufLabel(parsed) : (index.file_labels.get(file.toLowerCase()) ?? null)
}
