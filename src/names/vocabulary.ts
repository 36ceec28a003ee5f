/**
 * Words that the generated tables do not hold. "Seen" is what recorded answers of providers and the repositories in
 * the catalog contain; the rest of a group is general knowledge that was not looked up. A wrong word costs a match, or
 * lets other weights pass under a model's name.
 * A word that is neither here nor in a model's own names says that the weights are other ones.
 */

/**
 * Formats and quantizers of other runtimes: beside them a label such as BF16 is not a GGUF label. MLX to W8A16 seen, the
 * last line general knowledge.
 */
export const FOREIGN_FORMATS: ReadonlySet<string> = new Set([
  ...[
    'mlx',
    'dwq',
    'awq',
    'gptq',
    'bnb',
    'nf4',
    'fp8',
    'fp4',
    'mxfp8',
    'int4',
    'int8',
    'w4a16',
    'w8a8',
    'w8a16',
  ],
  ...['2bit', '3bit', '4bit', '5bit', '6bit', '8bit'],
  ...['exl2', 'exl3', 'hqq', 'aqlm', 'eetq', 'autoround', 'torchao', 'onnx', 'openvino'],
])

/** File formats and quantizers: they change the bits, not the model. Most seen, not all. */
export const FORMAT_WORDS: ReadonlySet<string> = new Set([
  ...FOREIGN_FORMATS,
  ...['gguf', 'ggml', 'i1', 'imat', 'hf', 'q2', 'q3', 'q4', 'q5', 'q6', 'q8'],
])

/** Details that only mean something beside a foreign format: `FP8-dynamic`, `quantized.w4a16`, `unsloth-bnb-4bit`, `FP8-KV`. */
export const FORMAT_DETAILS: ReadonlySet<string> = new Set([
  ...['dynamic', 'quantized', 'unsloth', 'g128', '128g', 'kv'],
])

/** Publishers' names in front of a model's, with a hyphen (`meta-llama-3.1-8b`), and the start of the owner they belong to. */
export const BRANDS: ReadonlyMap<string, string> = new Map([
  ['meta', 'meta'],
  ['nvidia', 'nvidia'],
  ['c4ai', 'coherelabs'],
  ['google', 'google'],
  ['microsoft', 'microsoft'],
])

/**
 * Owners that re-upload or re-quantize unchanged weights, beside those in the tables. Seen, or in the galleries of
 * LocalAI (github.com/mudler/LocalAI, 82c191a) and llmfit (github.com/AlexsJones/llmfit, 5bdc9df), except for
 * neuralmagic, gaianet and tensorblock, which were not looked up.
 */
export const UPLOADERS: readonly string[] = [
  ...['bartowski', 'unsloth', 'ggml-org', 'lmstudio-community', 'mlx-community', 'mradermacher', 'thebloke'],
  ...['quantfactory', 'maziyarpanahi', 'mungert', 'ubergarm', 'hugging-quants', 'redhatai', 'neuralmagic'],
  ...['second-state', 'gaianet', 'tensorblock', 'devquasar'],
]

/**
 * Publishers in LM Studio's hub whose name differs from the Hugging Face owner. `ibm` and `deepseek` were seen in its
 * answers; `meta`, `bytedance`, `liquid` and `minimax` were not looked up.
 */
export const HUB_PUBLISHERS: ReadonlyMap<string, string> = new Map([
  ['meta', 'meta-llama'],
  ['ibm', 'ibm-granite'],
  ['deepseek', 'deepseek-ai'],
  ['bytedance', 'bytedance-seed'],
  ['liquid', 'liquidai'],
  ['minimax', 'minimaxai'],
])

/**
 * Families that LM Studio's hub lists without `-it` or `-instruct`, and where such a name is not
 * the base model: its repository ends on `-pt`, `-Base` or does not exist, or is in mixed case.
 * Seen for Gemma and Qwen (`google/gemma-3-12b`, `qwen/qwen3-8b`); the others follow the hub's habit.
 */
export const HUB_FAMILIES: ReadonlySet<string> = new Set([
  ...['gemma3', 'gemma3n', 'gemma4', 'llama3.3', 'qwen3', 'qwen3-coder', 'qwen3-next', 'qwen3-vl'],
  ...['ministral-3', 'granite3.3', 'seed-oss', 'devstral-small-2', 'mistral-small3.1', 'mistral-small3.2'],
])

/** Of these, the ones whose only date the hub leaves out: `mistralai/ministral-3-3b`. Not looked up. */
export const HUB_UNDATED_FAMILIES: ReadonlySet<string> = new Set([
  ...['ministral-3', 'mistral-small3.1', 'mistral-small3.2'],
])

/** Families of which the catalog has one size and no other is known to us, so that a name may leave it out. */
export const SINGLE_SIZE_FAMILIES: ReadonlySet<string> = new Set([
  ...['llama3.3', 'mistral-small3.1', 'mistral-small3.2', 'qwq', 'seed-oss', 'smollm3', 'qwen3-next'],
  ...['devstral-small-2'],
])

/**
 * Ids whose tag in the Ollama library has moved to other weights, and what the library has there by
 * default. The id still means itself. Source: the library in August 2026, as the registries in NOTICE record it.
 */
export const MOVED_TAGS: ReadonlyMap<string, string> = new Map(
  [
    ...['deepseek-r1:671b', 'devstral:24b', 'olmo-3:7b', 'qwen3:4b', 'qwen3:30b-a3b', 'qwen3:235b-a22b'],
    ...['qwen3-next:80b', 'qwen3-vl:4b', 'qwen3-vl:8b'],
  ].map((id) => [id, 'Q4_K_M']),
)

/** Families of the Ollama library that embed though their names lack `embed`; for `minilm`: docs.ollama.com/capabilities/embeddings. */
export const EMBEDDING_WORDS: ReadonlySet<string> = new Set(['minilm', 'bge', 'paraphrase'])

/** Folders of programs whose names hold a family's word. */
export const PROGRAM_FOLDERS: ReadonlySet<string> = new Set([
  'llama.cpp',
  'llama-cpp',
  'llamacpp',
  'llama',
  'llama-server',
])

/**
 * What a folder or an owner is called that holds other weights, whatever the file is called: something was done to
 * them, or they are a part of a model only.
 */
export const OTHER_WEIGHTS: RegExp =
  /abl[ai]t|uncensor|unfilter|derestrict|heretic|jailbreak|josief|fine-?tun|distill|speculat|mmproj|imatrix|(?<![a-z])(?:merg(?:e[sd]?|ing|ekit)|q?loras?|adapters?|drafts?|sft|dpo|grpo|orpo|ppo|kto|simpo|rlhf|eagle\d?|medusa|mtp|nextn|dflash|reap|prun(?:ed?|ing)|checkpoints?|ckpts?|tuned)(?![a-z])/i
