import { forecastPlot } from './forecast-plot.js'
import type { Answers, Asked, Kind } from './protocol.js'
import { placeAll, rankCatalog } from './rank-catalog.js'

const solve: { [K in Kind]: (question: never) => Answers[K] } = {
  rank: rankCatalog,
  place: placeAll,
  plot: forecastPlot,
  warm: (question) => placeAll(question).length,
}

self.addEventListener('message', ({ data }: MessageEvent<Asked>) => {
  const answer = solve[data.kind](data.question as never)
  self.postMessage({ id: data.id, answer })
})
