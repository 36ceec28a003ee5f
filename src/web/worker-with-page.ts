import type { Plugin } from 'vite'

const NAME = 'virtual:forecast-worker'

/**
 * Builds a worker as one more entry of the page instead of a build of its own, so that both load the same
 * files: the tables and the pure code are shipped and fetched once.
 *
 * `import { workerUrl } from 'virtual:forecast-worker'` gives its address.
 */
export function buildWorkerWithPage(file: string): Plugin {
  let serving = false
  return {
    name: 'worker-with-page',
    configResolved: ({ command }) => void (serving = command === 'serve'),
    resolveId: (id) => (id === NAME ? `\0${NAME}` : null),
    load(id) {
      if (id !== `\0${NAME}`) return null
      if (serving) return `export const workerUrl = ${JSON.stringify(`/@fs/${file}`)}`
      const chunk = this.emitFile({ type: 'chunk', id: file, name: 'forecast-worker' })
      return `export const workerUrl = import.meta.ROLLUP_FILE_URL_${chunk}`
    },
  }
}
