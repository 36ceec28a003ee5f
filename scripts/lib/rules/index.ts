import type { Rule } from '../sources.js'
import { aliases } from './aliases.js'
import { architecture } from './architecture.js'
import { architectureKnown } from './architecture-known.js'
import { buildDefault } from './build-default.js'
import { buildDuplicates } from './build-duplicates.js'
import { buildFiles } from './build-files.js'
import { buildSize } from './build-size.js'
import { buildSplit } from './build-split.js'
import { context } from './context.js'
import { dates } from './dates.js'
import { duplicateId } from './duplicate-id.js'
import { evidence } from './evidence.js'
import { family } from './family.js'
import { fileNames } from './file-names.js'
import { gpus } from './gpus.js'
import { kind } from './kind.js'
import { latentAttention } from './latent-attention.js'
import { licence } from './licence.js'
import { moved } from './moved.js'
import { ollamaSize } from './ollama-size.js'
import { ollamaTag } from './ollama-tag.js'
import { parameterCount } from './parameter-count.js'
import { parameters } from './parameters.js'
import { providers } from './providers.js'
import { quality } from './quality.js'
import { quantizationList } from './quantization-list.js'
import { quantizationReference } from './quantization-reference.js'
import { schemaComment } from './schema-comment.js'
import { scoreScale } from './score-scale.js'
import { sorted } from './sorted.js'
import { sourceCoverage } from './source-coverage.js'
import { sourceUrl } from './source-url.js'
import { spelling } from './spelling.js'
import { tiers } from './tiers.js'

export const RULES: readonly Rule[] = [
  aliases,
  architecture,
  architectureKnown,
  buildDefault,
  buildDuplicates,
  buildFiles,
  buildSize,
  buildSplit,
  context,
  dates,
  duplicateId,
  evidence,
  family,
  fileNames,
  gpus,
  kind,
  latentAttention,
  licence,
  moved,
  ollamaSize,
  ollamaTag,
  parameterCount,
  parameters,
  providers,
  quality,
  quantizationList,
  quantizationReference,
  schemaComment,
  scoreScale,
  sorted,
  sourceCoverage,
  sourceUrl,
  spelling,
  tiers,
]

/** Ids that reading and the schema report; the rules name theirs themselves. */
const FILE_IDS = [
  'path/extension',
  'path/layout',
  'path/link',
  'path/name',
  'schema/duplicate-item',
  'schema/enum',
  'schema/length',
  'schema/missing-field',
  'schema/pattern',
  'schema/range',
  'schema/type',
  'schema/unknown-field',
  'text/blank',
  'text/hidden-character',
  'text/lookalike',
  'text/placeholder',
  'yaml/alias',
  'yaml/documents',
  'yaml/duplicate-key',
  'yaml/empty',
  'yaml/encoding',
  'yaml/number',
  'yaml/syntax',
  'yaml/tab',
  'yaml/tag',
  'yaml/too-deep',
  'yaml/too-large',
]

/** Every rule id that a diagnostic can have. */
export const RULE_IDS: readonly string[] = [...FILE_IDS, ...RULES.flatMap((rule) => rule.ids)].sort()
