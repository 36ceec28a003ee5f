declare module '*.css'

/** Address of the worker, which is built with the page. */
declare module 'virtual:forecast-worker' {
  export const workerUrl: string
}
