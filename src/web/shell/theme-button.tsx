import { signal } from '@preact/signals'

const KEY = 'llm-almanac-theme'
const dark = signal(isDark())

function isDark(): boolean {
  const theme = document.documentElement.dataset['theme']
  return theme ? theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches
}

function toggle(): void {
  dark.value = !dark.peek()
  const theme = dark.peek() ? 'dark' : 'light'
  document.documentElement.dataset['theme'] = theme
  try {
    localStorage.setItem(KEY, theme)
  } catch {
    // Storage may be forbidden: the choice lasts as long as the page.
  }
}

export function ThemeButton() {
  return (
    <button
      type="button"
      onClick={toggle}
      aria-label={dark.value ? 'Use the light theme' : 'Use the dark theme'}
    >
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
        <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="1.5" />
        <path d="M8 2a6 6 0 0 1 0 12z" fill="currentColor" />
      </svg>
    </button>
  )
}
