import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { buildInto } from './build-page.js'
import { unpackBrowser } from './find-browser.js'
import type { BrowserFile } from './find-browser.js'

declare module 'vitest' {
  interface ProvidedContext {
    /** The built page; absent where no test of it is asked for. */
    pageFolder?: string
    /** The browser that the package brings; null where there is none for this system. */
    packagedBrowser?: BrowserFile | null
  }
}

let folder: string | undefined

/** Builds the page and unpacks the browser once for all test files; runs of other tests pay nothing. */
export async function setup(project: TestProject): Promise<void> {
  // `vitest run test/memory`: what comes after `run` says which files are wanted.
  const filters = process.argv.slice(2).filter((word) => word.includes('/') && !word.startsWith('-'))
  if (filters.length > 0 && !filters.some((filter) => filter.includes('web'))) return
  folder = mkdtempSync(join(tmpdir(), 'almanac-web-tests-'))
  const page = join(folder, 'page')
  const [browser] = await Promise.all([unpackBrowser(folder), buildInto(page)])
  project.provide('pageFolder', page)
  project.provide('packagedBrowser', browser)
}

export function teardown(): void {
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true })
}
