/** What the rules want to know about where a tensor stands among its like. */
export interface LayerPosition {
  /** Number of the block's value tensor among all value tensors. */
  values: number
  values_more_bits: boolean
  /** In the first sixteenth, eighth, … of the feed-forward layers. */
  first_sixteenth: boolean
  first_eighth: boolean
  last_eighth: boolean
  more_bits: boolean
  /** How many of the block's ffn_down tensors, counted one by one, still belong to the first eighth. */
  early_downs: number
}

/** First and last eighth, and every third layer between: where more bits pay most. */
const usesMoreBits = (index: number, count: number): boolean => {
  const eighth = Math.floor(count / 8)
  return index < eighth || index >= Math.floor((7 * count) / 8) || (index - eighth) % 3 === 2
}

/** Counters of a block: `index` of `count`. */
export interface Counter {
  index: number
  count: number
}

/**
 * @param values - Value tensors before this block, of all in the model.
 * @param feedForward - Feed-forward layers before this block, of all blocks.
 * @param downs - ffn_down tensors before this block, those of shared experts included.
 */
export function layerPosition(values: Counter, feedForward: Counter, downs: number): LayerPosition {
  const { index, count } = feedForward
  return {
    values: values.index,
    values_more_bits: usesMoreBits(values.index, values.count),
    first_sixteenth: index < Math.floor(count / 16),
    first_eighth: index < Math.floor(count / 8),
    last_eighth: index >= Math.floor((7 * count) / 8),
    more_bits: usesMoreBits(index, count),
    early_downs: Math.min(Math.max(Math.floor(count / 8) - downs, 0), 3),
  }
}

/** Positions with the same number are alike to every rule, so that equal blocks need one calculation. */
export function positionKey(position: LayerPosition): number {
  const { values, values_more_bits, first_sixteenth, first_eighth, last_eighth, more_bits } = position
  return (
    position.early_downs * 256 +
    Math.min(values, 4) * 32 +
    Number(values_more_bits) * 16 +
    Number(first_sixteenth) * 8 +
    Number(first_eighth) * 4 +
    Number(last_eighth) * 2 +
    Number(more_bits)
  )
}
