import type { ModelId, QuantizationId } from '../../generated/ids.js'

/** What the parser needs to know about one catalog model. */
export interface NameFacts {
  id: ModelId
  kind: 'chat' | 'embedding'
  /** The publisher's Hugging Face repository of the weights, owner/name. */
  repo?: string
  /** Other names of the same weights: Ollama tags (with a colon) or repository names. */
  aliases: readonly string[]
  /** GGUF repositories of its builds, owner/name. */
  gguf_repos: readonly string[]
  /** GGUF files by name, without folders. */
  files: readonly { name: string; quantization: QuantizationId }[]
  /** Tags of the Ollama library that hold these weights, `family:tag`. */
  ollama_tags: readonly { tag: string; quantization: QuantizationId }[]
}

/** Which catalog model and quantization a provider's name means. */
export interface ResolvedName {
  name: string
  model: ModelId | null
  /** Label as on disk (`Q4_K_M`), also where the model is unknown. */
  quantization: string | null
  /** exact: the catalog lists this very name; likely: parsed; none: unknown. */
  confidence: 'exact' | 'likely' | 'none'
  kind: 'chat' | 'embedding' | 'unknown'
}

/** What a name means, before the kind is known. */
export interface Meaning {
  model: ModelId | null
  quantization: string | null
}

/** One way to spell a model in words, as repositories and files do. */
export interface Spelling {
  model: ModelId
  /** Sizes in it (`7b`, `8x7b`, `e4b`), sorted; empty where the spelling has none. */
  sizes: readonly string[]
  /** Active parameters in it (`a3b`); empty where the spelling has none. */
  active: string
}

/** What `resolveName` looks names up in; made by `buildNameIndex`. */
export interface NameIndex {
  /** Spellings by their words in order, sizes left out. */
  spellings: ReadonlyMap<string, readonly Spelling[]>
  /** Spellings without `instruct`, as LM Studio's hub has them. */
  hub_spellings: ReadonlyMap<string, readonly Spelling[]>
  /** `family:tag` in lower case; null where two models claim it. */
  tags: ReadonlyMap<string, TagMeaning | null>
  /** `family:tag` without its quantization, in lower case. */
  tag_stems: ReadonlyMap<string, ModelId | null>
  /** Labels of files that say less than the catalog knows, by name in lower case. */
  file_labels: ReadonlyMap<string, string>
  /** Every name that the catalog itself lists, in lower case. */
  literals: ReadonlySet<string>
  /** Families in Ollama's spelling. */
  families: ReadonlySet<string>
  /** First words of families (`qwen`, `llama`): a folder with one names a model. */
  family_words: ReadonlySet<string>
  /** Hugging Face owners, in lower case. */
  owners: ReadonlySet<string>
  models: ReadonlyMap<ModelId, ModelNames>
}

/** What an Ollama tag holds. */
export interface TagMeaning {
  model: ModelId
  quantization: string | null
}

/** Per model: what a name may add without naming other weights. */
export interface ModelNames {
  kind: 'chat' | 'embedding'
  /** Owner of the publisher's repository, in lower case. */
  owner: string
  /** Sizes that the id, the tags and the spellings use: a name may add one of these only. */
  sizes: ReadonlySet<string>
  actives: ReadonlySet<string>
  /** The words of the id and of every spelling, in order. */
  spellings: readonly (readonly string[])[]
}
