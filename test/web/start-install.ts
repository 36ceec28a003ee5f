import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** Ids of the installs that the page's server remembers. */
export function installIds(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const answer: { installs: { id: string }[] } = await (await fetch('/api/model/install')).json()
    return answer.installs.map(({ id }) => id)
  })
}

/** Presses, says yes where the gate asks, and waits until the server has one more install. */
export async function startInstall(page: Page, press: () => Promise<void>): Promise<void> {
  const before = await installIds(page)
  await press()
  const yes = page.getByRole('dialog').getByRole('button', { name: 'Install', exact: true })
  const started = async () => {
    // The question may be gone before it is answered, where an earlier answer still was on its way.
    if (await yes.isVisible()) await yes.click({ timeout: 2_000 }).catch(() => undefined)
    return (await installIds(page)).some((id) => !before.includes(id))
  }
  await expect.poll(started).toBe(true)
}
