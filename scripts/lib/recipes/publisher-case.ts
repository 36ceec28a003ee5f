import type { TensorTypeName } from '../../../src/memory/tensor-types.js'
import type { ModelTraits } from '../../../src/memory/weights/rules.js'
import type { TensorKind } from './tensor-kind.js'

/** One quantized tensor before a publisher's rules. */
export interface PublisherCase {
  /** llama.cpp's file type behind the label. */
  rules: string
  base: TensorTypeName
  kind: TensorKind
  /** Number of the tensor among those of its kind, and how many there are. */
  index: number
  count: number
  traits: ModelTraits
}

/** The type that a publisher's rules give; undefined where they leave llama.cpp's own. */
export type PublisherRules = (tensor: PublisherCase) => TensorTypeName | undefined

export type TypeByLabel = Readonly<Record<string, TensorTypeName>>

/** Types of labels, written as `{ Q5_K: 'Q4_K_S Q3_K_L' }`: many labels share few types. */
export function typesOf(labels: Partial<Record<TensorTypeName, string>>): TypeByLabel {
  const pairs = Object.entries(labels) as [TensorTypeName, string][]
  return Object.fromEntries(pairs.flatMap(([type, list]) => list.split(' ').map((label) => [label, type])))
}

/** First and last eighth, and every third between. */
export function usesMoreBits({ index, count }: PublisherCase): boolean {
  const eighth = Math.floor(count / 8)
  return index < eighth || index >= Math.floor((7 * count) / 8) || (index - eighth) % 3 === 2
}

/** In the first eighth or behind the last: what both branches call the ends of the experts. */
export const isAtEnds = ({ index, count }: PublisherCase): boolean =>
  index < Math.floor(count / 8) || index > Math.floor((7 * count) / 8)

const LOW_BIT = new Set(['IQ1_S', 'IQ1_M', 'IQ2_XXS', 'IQ2_XS', 'IQ2_S', 'IQ2_M'])

/** File types below 3 bits have rules of their own. */
export const isLowBit = ({ rules }: PublisherCase): boolean => LOW_BIT.has(rules)

export const hasExperts = ({ traits }: PublisherCase): boolean => traits.expert_count >= 8

/** IQ2_S and IQ2_M raise a tensor by more than the smaller types. */
export const isLargerLowBit = ({ rules }: PublisherCase): boolean => rules === 'IQ2_S' || rules === 'IQ2_M'

export const raisedLowBit = (tensor: PublisherCase): TensorTypeName =>
  isLargerLowBit(tensor) ? 'IQ3_S' : 'Q2_K'

/** Dense feed-forward layers below 3 bits: wide in the first sixteenth, raised up to the first eighth. */
export function lowBitDense(tensor: PublisherCase): TensorTypeName {
  const { index, count, base, kind } = tensor
  if (index < Math.floor(count / 16)) return kind === 'ffn_down' ? 'Q6_K' : 'Q4_K'
  return index < Math.floor(count / 8) ? raisedLowBit(tensor) : base
}
