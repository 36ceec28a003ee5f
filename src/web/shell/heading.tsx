import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { tabProgress } from '../state/installs.js'
import { visits } from '../state/router.js'

/** The page's one h1; it takes the focus after a navigation and names the tab. */
export function Heading({ title, children }: { title: string; children: ComponentChildren }) {
  const heading = useRef<HTMLHeadingElement>(null)
  const visit = visits.value
  const progress = tabProgress.value
  useEffect(() => {
    document.title = `${progress ?? title} – llm-almanac`
  }, [title, progress])
  useEffect(() => {
    if (visit > 0) heading.current?.focus({ preventScroll: true })
  }, [visit])
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  )
}
