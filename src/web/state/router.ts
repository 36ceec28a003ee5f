import { computed, signal } from '@preact/signals'
import { BASE_PATH, linkTo } from './page-mode.js'

export type Route =
  { page: 'home' | 'installed' | 'models' | 'how' | 'unknown' } | { page: 'model'; id: string }

const address = signal({ pathname: location.pathname, search: location.search })

/** `/m/qwen3/32b` names the model `qwen3:32b`; a colon is no file name on every system. */
export function parseRoute(pathname: string): Route {
  const path = pathname.startsWith(BASE_PATH) ? pathname.slice(BASE_PATH.length) : pathname
  const parts = path.replace(/(index\.html|\/)+$/, '').split('/')
  const [first = '', family, size] = parts
  if (parts.length === 3 && first === 'm') return { page: 'model', id: decode(`${family}:${size}`) }
  if (parts.length !== 1) return { page: 'unknown' }
  if (first === '') return { page: 'home' }
  if (first === 'installed' || first === 'models' || first === 'how') return { page: first }
  return { page: 'unknown' }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

export const route = computed<Route>(() => parseRoute(address.value.pathname))
export const search = computed(() => address.value.search)

/** Counts navigations, so that the page can move the focus to its heading. */
export const visits = signal(0)

export function modelPath(id: string): string {
  return linkTo(`m/${id.split(':').map(encodeURIComponent).join('/')}`)
}

function readAddress(): void {
  address.value = { pathname: location.pathname, search: location.search }
}

/** Goes to a path of ours; the what-if of the address comes along. */
export function go(path: string, query = location.search): void {
  history.pushState(null, '', path + query)
  readAddress()
  window.scrollTo(0, 0)
  visits.value++
}

/** Changes the query: `replace` while something is being dragged, `push` when it rests. */
export function setQuery(query: string, how: 'replace' | 'push'): void {
  if (query === location.search) return
  const url = location.pathname + query
  if (how === 'push') history.pushState(null, '', url)
  else history.replaceState(null, '', url)
  readAddress()
}

/** Follows plain clicks on links of ours without loading the page again. */
export function startRouter(): void {
  window.addEventListener('popstate', readAddress)
  document.addEventListener('click', (event) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey)
      return
    const link = event.target instanceof Element ? event.target.closest('a') : null
    if (!link || link.origin !== location.origin || link.hasAttribute('download') || link.target) return
    if (!link.pathname.startsWith(BASE_PATH) || link.getAttribute('href')?.startsWith('#')) return
    if (parseRoute(link.pathname).page === 'unknown') return
    event.preventDefault()
    go(link.pathname, link.search || location.search)
  })
}
