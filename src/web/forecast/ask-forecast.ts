import type { Answers, Asked, Kind, Questions } from './protocol.js'

interface Waiting {
  asked: Asked
  resolve: (answer: never) => void
}

const worker = new Worker(new URL('./forecast-worker.ts', import.meta.url), { type: 'module' })
let current: Waiting | null = null
/** The newest question of each kind; an older one that was not begun is dropped. */
const next = new Map<Kind, Waiting>()
let count = 0

/** Moving bars come first, then the order, then the plot. */
const ORDER: readonly Kind[] = ['place', 'model', 'rank']

worker.addEventListener('message', ({ data }: MessageEvent<{ id: number; answer: never }>) => {
  if (current?.asked.id === data.id) current.resolve(data.answer)
  current = null
  begin()
})

/**
 * Asks the pure code. Of several questions of one kind that wait, only the newest is answered: the promises
 * of the others stay pending for ever, which is what a moving slider wants.
 */
export function askForecast<K extends Kind>(kind: K, question: Questions[K]): Promise<Answers[K]> {
  return new Promise((resolve) => {
    next.set(kind, { asked: { kind, id: ++count, question }, resolve: resolve as Waiting['resolve'] })
    begin()
  })
}

function begin(): void {
  if (current) return
  const kind = ORDER.find((each) => next.has(each))
  if (kind === undefined) return
  current = next.get(kind) ?? null
  next.delete(kind)
  if (current) worker.postMessage(current.asked)
}
