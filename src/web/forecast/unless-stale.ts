/** Hands an answer on unless it is no longer waited for; returns what ends the waiting. */
export function unlessStale<T>(answer: Promise<T>, use: (value: T) => void): () => void {
  let stale = false
  void answer.then((value) => {
    if (!stale) use(value)
  })
  return () => {
    stale = true
  }
}
