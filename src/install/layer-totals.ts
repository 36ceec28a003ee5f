/** Sums progress over the layers of a pull: each has totals of its own, and some are named only later. */
export class LayerTotals {
  readonly #layers = new Map<string, { total: number; completed: number }>()

  add(event: { digest: string | null; total_bytes: number | null; completed_bytes: number | null }): void {
    if (event.digest === null || event.total_bytes === null) return
    const known = this.#layers.get(event.digest)
    const total = Math.max(known?.total ?? 0, event.total_bytes)
    const completed = Math.min(total, Math.max(known?.completed ?? 0, event.completed_bytes ?? 0))
    this.#layers.set(event.digest, { total, completed })
  }

  get total(): number {
    return this.#sum((layer) => layer.total)
  }

  get completed(): number {
    return this.#sum((layer) => layer.completed)
  }

  #sum(of: (layer: { total: number; completed: number }) => number): number {
    return [...this.#layers.values()].reduce((sum, layer) => sum + of(layer), 0)
  }
}
