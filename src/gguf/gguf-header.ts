import type { Architecture } from '../../generated/types.js'
import type { ModelMemory, WeightLayout } from '../memory/types.js'
import { weightLayoutFromTensors, weightLayoutScaled } from '../memory/weights/index.js'
import { parseArchitecture } from './architecture.js'
import { badFile } from './bad-file.js'
import { fileTypeLabel } from './file-type.js'
import type { RawHeader } from './header.js'

/** What a model's file or files say: `RawHeader` of the first part with the tensors of all. */
export interface GgufHeader extends RawHeader {
  /** Files that the model is split into. */
  parts: number
  /** Label of `general.file_type`; `null` where the file does not say or we do not know. */
  quantization: string | null
  architecture: Architecture
  weights: WeightLayout
}

function partNumber(header: RawHeader, key: string): number | null {
  const value = header.metadata.get(key)
  return typeof value === 'number' ? value : null
}

/** Checks that the parts are those of one model, in order. */
function checkParts(parts: readonly RawHeader[]): void {
  parts.forEach((part, index) => {
    const number = partNumber(part, 'split.no')
    if (number !== null && number !== index) {
      throw badFile(`part ${index + 1} says it is part ${number + 1}`)
    }
    const count = partNumber(part, 'split.count')
    if (count !== null && count > 0 && count !== parts.length) {
      throw badFile(
        `the file is one of ${count} parts, and ${parts.length} ${parts.length === 1 ? 'is' : 'are'} here`,
        'keep all parts in one folder under the names they came with',
      )
    }
  })
}

/** Puts the headers of all parts together. @throws {AlmanacError} `BAD_FILE`. */
export function joinParts(parts: readonly RawHeader[]): GgufHeader {
  const [first] = parts
  if (!first) throw badFile('there is no file')
  checkParts(parts)
  const tensors = parts.flatMap((header, part) => header.tensors.map((tensor) => ({ ...tensor, part })))
  const architecture = parseArchitecture(first.metadata, tensors)
  return {
    ...first,
    tensors,
    file_bytes: parts.reduce((sum, { file_bytes }) => sum + file_bytes, 0),
    parts: parts.length,
    quantization: fileTypeLabel(first.metadata.get('general.file_type')),
    architecture,
    weights: weightLayoutFromTensors(architecture, tensors),
  }
}

/**
 * What the first part of a model tells of its memory: all, or for a split model the shape, with the size of all parts
 * shared out over the tensors.
 *
 * @throws {AlmanacError} `BAD_FILE` where it is no first part.
 */
export function memoryOfFirstPart(header: RawHeader, totalBytes: number): ModelMemory {
  if ((partNumber(header, 'split.count') ?? 1) <= 1) return joinParts([header])
  const architecture = parseArchitecture(header.metadata, header.tensors)
  const label = fileTypeLabel(header.metadata.get('general.file_type')) ?? ''
  return { architecture, weights: weightLayoutScaled(architecture, label, totalBytes) }
}
