import { signal } from '@preact/signals'

const spoken = signal('')
let timer: ReturnType<typeof setTimeout> | undefined
let last = ''

/** Speaks a result half a second after it has come to rest, and never twice. */
export function announce(text: string): void {
  if (text === last || text === '') return
  last = text
  clearTimeout(timer)
  timer = setTimeout(() => (spoken.value = text), 500)
}

/** The page's one polite live region. */
export function Announcer() {
  return (
    <p class="unseen" role="status" aria-live="polite">
      {spoken.value}
    </p>
  )
}
