import { QUANTIZATIONS } from '../../generated/quantizations.js'
import type { QuantizationId } from '../../generated/ids.js'

type QuantizationRow = (typeof QUANTIZATIONS)[number]

const byId = new Map<string, QuantizationRow>()
const order = new Map<string, number>()
for (const [index, row] of QUANTIZATIONS.entries()) {
  byId.set(row.id, row)
  order.set(row.id, index)
}

/** The row of a quantization. Every id of the union has one. */
export function getQuantization(id: QuantizationId): QuantizationRow {
  const row = byId.get(id)
  if (!row) throw new TypeError(`no quantization ${id}`)
  return row
}

/** Whether a text is a quantization of the catalog. */
export function isQuantizationId(text: string): text is QuantizationId {
  return byId.has(text)
}

/** Place of a quantization in the order of quality; 0 is the best. */
export function quantizationOrder(id: QuantizationId): number {
  return order.get(id) ?? QUANTIZATIONS.length
}

export type { QuantizationRow }
