import { lazyPage } from './lazy-page.js'
import { HomePage } from '../home/home-page.js'
import { IS_STATIC, linkTo } from '../state/page-mode.js'
import { carriedQuery } from '../state/question.js'
import { route } from '../state/router.js'
import type { Route } from '../state/router.js'
import { Announcer } from './announcer.js'
import { NotFoundPage } from './not-found-page.js'
import { GateDialog } from '../installed/gate-dialog.js'
import { ServerLost } from './server-lost.js'
import { ThemeButton } from './theme-button.js'

const ModelPage = lazyPage(async () => (await import('../model/model-page.js')).ModelPage)
const InstalledPage = lazyPage(async () => (await import('../installed/installed-page.js')).InstalledPage)
const ModelsPage = lazyPage(async () => (await import('../models/models-page.js')).ModelsPage)
const HowPage = lazyPage(async () => (await import('../how/how-page.js')).HowPage)

const SECTIONS = [
  ['', 'Best here', 'home'],
  ['installed', 'Installed', 'installed'],
  ['models', 'All models', 'models'],
  ['how', 'How it counts', 'how'],
] as const

/** What stands around every page. */
export function App() {
  const here = route.value
  return (
    <>
      <a class="skip" href="#list">
        Skip to the list
      </a>
      <div class="page">
        <header class="masthead">
          <a class="wordmark" href={linkTo('') + carriedQuery.value}>
            llm-almanac
          </a>
          <nav class="sections" aria-label="Sections">
            {SECTIONS.filter(([, , page]) => !IS_STATIC || page !== 'installed').map(
              ([path, title, page]) => (
                <a
                  key={page}
                  href={linkTo(path) + carriedQuery.value}
                  class={page === 'how' || (page === 'models' && !IS_STATIC) ? 'secondary' : undefined}
                  aria-current={here.page === page ? 'page' : undefined}
                >
                  {title}
                </a>
              ),
            )}
            <ThemeButton />
          </nav>
        </header>
        <main>
          <ServerLost />
          <Page here={here} />
        </main>
        <footer class="foot">
          <a href={linkTo('models') + carriedQuery.value}>All models</a>
          <a href={linkTo('how') + carriedQuery.value}>How it counts</a>
          <span>Memory in GiB (2³⁰ bytes); K is 1,024 tokens. Everything is computed in this browser.</span>
        </footer>
      </div>
      <GateDialog />
      <Announcer />
    </>
  )
}

function Page({ here }: { here: Route }) {
  switch (here.page) {
    case 'home':
      return <HomePage />
    case 'model':
      return <ModelPage key={here.id} id={here.id} />
    case 'installed':
      return IS_STATIC ? <NotFoundPage /> : <InstalledPage />
    case 'models':
      return <ModelsPage />
    case 'how':
      return <HowPage />
    default:
      return <NotFoundPage />
  }
}
