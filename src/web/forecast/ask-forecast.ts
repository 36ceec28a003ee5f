import { workerUrl } from 'virtual:forecast-worker'
import type { Answers, Asked, Kind, Questions } from './protocol.js'

interface Waiting {
  asked: Asked
  resolve: (answer: never) => void
}

/** A worker that answers one question at a time, the first of `kinds` first. */
interface Line {
  kinds: readonly Kind[]
  worker: Worker | null
  current: Waiting | null
  /** The newest question of each kind; an older one that was not begun is dropped. */
  next: Map<Kind, Waiting>
}

/** Ordering the whole catalog takes longest: bars that follow a slider never wait behind it. */
const LINES: readonly Line[] = [['place', 'plot', 'warm'] as const, ['rank'] as const].map((kinds) => ({
  kinds,
  worker: null,
  current: null,
  next: new Map(),
}))

let count = 0

/**
 * Asks the pure code. Of several questions of one kind that wait, only the newest is answered: the promises
 * of the others stay pending for ever, which is what a moving slider wants.
 */
export function askForecast<K extends Kind>(kind: K, question: Questions[K]): Promise<Answers[K]> {
  return new Promise((resolve) => {
    const line = LINES.find(({ kinds }) => kinds.includes(kind))
    line?.next.set(kind, { asked: { kind, id: ++count, question }, resolve: resolve as Waiting['resolve'] })
    if (line) begin(line)
  })
}

function begin(line: Line): void {
  if (line.current) return
  const kind = line.kinds.find((each) => line.next.has(each))
  if (kind === undefined) return
  line.worker ??= startWorker(line)
  line.current = line.next.get(kind) ?? null
  line.next.delete(kind)
  if (line.current) line.worker.postMessage(line.current.asked)
}

function startWorker(line: Line): Worker {
  const worker = new Worker(workerUrl, { type: 'module' })
  worker.addEventListener('message', ({ data }: MessageEvent<{ id: number; answer: never }>) => {
    if (line.current?.asked.id === data.id) line.current.resolve(data.answer)
    line.current = null
    begin(line)
  })
  return worker
}
