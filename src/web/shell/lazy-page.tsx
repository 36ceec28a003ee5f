import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'

/** A page whose code is fetched when it is first visited. */
export function lazyPage<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  let loaded: ComponentType<P> | undefined
  return function LazyPage(props: P) {
    const [Page, setPage] = useState<ComponentType<P> | undefined>(() => loaded)
    const [failed, setFailed] = useState(false)
    useEffect(() => {
      if (Page) return
      load().then(
        (component) => {
          loaded = component
          setPage(() => component)
        },
        () => setFailed(true),
      )
    }, [Page])
    if (Page) return <Page {...props} />
    if (failed) return <p class="answer">This part of the page could not be loaded. Load the page again.</p>
    return <div class="answer" aria-busy="true" />
  }
}
