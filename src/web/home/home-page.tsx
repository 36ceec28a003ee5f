import { machine } from '../state/machine.js'
import { IS_STATIC } from '../state/page-mode.js'
import { settledWhatIf } from '../state/question.js'
import { chatModels, fittingRows, ranked } from '../state/ranking.js'
import { announce } from '../shell/announcer.js'
import { Heading } from '../shell/heading.js'
import { answerHome } from './answer.js'
import { FilterBar } from './filter-bar.js'
import { InstallStrip } from '../installed/install-strip.js'
import { MachineProblems } from './machine-problems.js'
import { RankedList } from './ranked-list.js'
import { WhatIfDock } from './what-if-dock.js'
import { WhatIfPanel } from './what-if-panel.js'

/** The answer, the what-if, and the ranked list. */
export function HomePage() {
  const answer = ranked.value
  const asked = answer?.asked ?? settledWhatIf.value
  const { title, text } = answerHome(answer?.machine ?? null, asked, fittingRows.value, chatModels.length)
  announce(answer === null ? '' : `${title.join(' ')} ${text}`)
  return (
    <>
      <div class="answer">
        {IS_STATIC && (
          <p class="overline muted">
            Which language models run on your graphics card? Pick a card. Nothing leaves this page.
          </p>
        )}
        <Heading title={IS_STATIC ? 'Which language models run on your card' : 'Best here'}>
          {title.map((line) => (
            <span key={line} class="line">
              {line}
            </span>
          ))}
        </Heading>
        <p>{text}</p>
      </div>
      {!IS_STATIC && machine.value && <MachineProblems machine={machine.value} />}
      <InstallStrip />
      <div class="panel wide-what-if">
        <WhatIfPanel id="wide" />
      </div>
      <FilterBar />
      <RankedList />
      <WhatIfDock />
    </>
  )
}
