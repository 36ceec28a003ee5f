import type { QuantizationsFile } from '../../../generated/authored.js'
import { show } from '../show.js'
import type { Rule } from '../sources.js'

type Row = QuantizationsFile['quantizations'][number]

interface Mistake {
  rule: string
  field: keyof Row
  message: string
  hint: string
}

const LABELS = ['Low', 'Medium-Low', 'Balanced', 'High', 'Highest']

/** Bits per weight of GGML's blocks: bytes of a block × 8 / weights in it. */
const TENSOR_BITS: Readonly<Record<string, number>> = {
  F32: 32,
  F16: 16,
  BF16: 16,
  Q4_0: 4.5,
  Q4_1: 5,
  Q5_0: 5.5,
  Q5_1: 6,
  Q8_0: 8.5,
  Q2_K: 2.625,
  Q3_K: 3.4375,
  Q4_K: 4.5,
  Q5_K: 5.5,
  Q6_K: 6.5625,
  IQ1_S: 1.5625,
  IQ1_M: 1.75,
  IQ2_XXS: 2.0625,
  IQ2_XS: 2.3125,
  IQ2_S: 2.5625,
  IQ3_XXS: 3.0625,
  IQ3_S: 3.4375,
  IQ4_NL: 4.5,
  IQ4_XS: 4.25,
  MXFP4: 4.25,
  TQ1_0: 1.6875,
  TQ2_0: 2.0625,
}

/** Quantizations stand best first, with ratings, labels and bits that agree. */
export const quantizationList: Rule = {
  ids: [
    'quantization/order',
    'quantization/rating',
    'quantization/basis',
    'quantization/bits',
    'quantization/file-type',
  ],
  check(sources, report) {
    const entry = sources.quantizations
    const rows = entry?.data.quantizations ?? []
    for (const [index, row] of rows.entries())
      for (const { field, ...rest } of [
        ...orderMistakes(row, rows[index - 1]),
        ...basisMistakes(row, rows),
        ...bitsMistakes(row),
        ...fileTypeMistakes(row, rows),
      ])
        if (entry) report({ ...rest, entry, path: ['quantizations', index, field] })
  },
}

function orderMistakes(row: Row, before: Row | undefined): Mistake[] {
  const mistakes: Mistake[] = []
  if (row.quality_label !== LABELS[row.quality - 1])
    mistakes.push({
      rule: 'quantization/rating',
      field: 'quality_label',
      message: `label ${show(row.quality_label)} does not fit quality ${row.quality}`,
      hint: `quality ${row.quality} is ${show(LABELS[row.quality - 1])}`,
    })
  if (before && row.kl_divergence < before.kl_divergence)
    mistakes.push({
      rule: 'quantization/order',
      field: 'kl_divergence',
      message: `${row.id} with ${row.kl_divergence} stands below ${before.id} with ${before.kl_divergence}`,
      hint: 'sort the list by kl_divergence, smallest first',
    })
  else if (row.kl_divergence === before?.kl_divergence && row.kl_divergence_basis !== 'inherited')
    mistakes.push({
      rule: 'quantization/order',
      field: 'kl_divergence',
      message: `${row.id} and ${before.id} have the same kl_divergence ${row.kl_divergence}`,
      hint: 'the order is strict: write more digits, or basis inherited with kl_divergence_of',
    })
  else if (before && row.quality > before.quality && before.quality_label === LABELS[before.quality - 1])
    mistakes.push({
      rule: 'quantization/rating',
      field: 'quality',
      message: `${row.id} is rated ${row.quality}, but ${before.id} above it ${before.quality}`,
      hint: 'a larger KL divergence never has a better rating',
    })
  return mistakes
}

function basisMistakes(row: Row, rows: readonly Row[]): Mistake[] {
  const rule = 'quantization/basis'
  const inherited = row.kl_divergence_basis === 'inherited'
  if (inherited && row.kl_divergence_of === undefined)
    return [
      {
        rule,
        field: 'kl_divergence_basis',
        message: 'basis is inherited, but kl_divergence_of is absent',
        hint: 'add kl_divergence_of: the quantization that it is taken from',
      },
    ]
  if (!inherited && row.kl_divergence_of !== undefined)
    return [
      {
        rule,
        field: 'kl_divergence_of',
        message: `kl_divergence_of is given, but basis is ${row.kl_divergence_basis}`,
        hint: 'remove it, or make the basis inherited',
      },
    ]
  const origin = rows.find((other) => other.id === row.kl_divergence_of)
  if (origin === row)
    return [
      {
        rule,
        field: 'kl_divergence_of',
        message: `${row.id} inherits from itself`,
        hint: 'name the quantization that was measured',
      },
    ]
  if (origin && origin.kl_divergence !== row.kl_divergence)
    return [
      {
        rule,
        field: 'kl_divergence',
        message: `kl_divergence ${row.kl_divergence} is not that of ${origin.id}, ${origin.kl_divergence}`,
        hint: 'inherited means equal: copy the figure',
      },
    ]
  return []
}

function fileTypeMistakes(row: Row, rows: readonly Row[]): Mistake[] {
  if (row.file_type === undefined) return []
  const first = rows.find((other) => other.file_type === row.file_type)
  if (!first || first === row || first.tensor_type === row.tensor_type) return []
  return [
    {
      rule: 'quantization/file-type',
      field: 'file_type',
      message: `file_type ${row.file_type} is that of ${first.id}, which has other tensors`,
      hint: 'look it up in llama.cpp: LLAMA_FTYPE_…',
    },
  ]
}

function bitsMistakes(row: Row): Mistake[] {
  const rule = 'quantization/bits'
  const exact = Object.hasOwn(TENSOR_BITS, row.tensor_type) ? TENSOR_BITS[row.tensor_type] : undefined
  if (exact !== undefined && exact !== row.tensor_bits_per_weight)
    return [
      {
        rule,
        field: 'tensor_bits_per_weight',
        message: `${row.tensor_type} has ${exact} bits per weight, got ${row.tensor_bits_per_weight}`,
        hint: `write ${exact}; the average over a file is bits_per_weight`,
      },
    ]
  const average = row.bits_per_weight
  if (
    average === undefined ||
    (average >= row.tensor_bits_per_weight * 0.75 && average <= row.tensor_bits_per_weight * 1.6 + 0.5)
  )
    return []
  return [
    {
      rule,
      field: 'bits_per_weight',
      message: `bits_per_weight ${average} is far from the ${row.tensor_bits_per_weight} of ${row.tensor_type}`,
      hint: 'bytes of a file × 8 ÷ parameters; are bytes and bits mixed up?',
    },
  ]
}
