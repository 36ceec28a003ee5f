import type { ComponentChildren } from 'preact'

/** A link that leaves the page: only https, and nothing is told to the other side. */
export function OutLink({ href, children }: { href: string; children: ComponentChildren }) {
  if (!href.startsWith('https://')) return <>{children}</>
  return (
    <a href={href} target="_blank" rel="noreferrer noopener">
      {children}
    </a>
  )
}
