function content(name: string): string | undefined {
  const meta = document.querySelector(`meta[name="${name}"]`)
  return meta?.getAttribute('content') ?? undefined
}

/** True for the public site: no server behind it, the machine is entered by hand. */
export const IS_STATIC: boolean = content('almanac-mode') === 'static'

/** Path that all routes stand below, with a slash at its end. */
export const BASE_PATH: string = new URL(content('almanac-base') ?? '/', location.href).pathname

/**
 * Address of a route of ours: `linkTo('models') // '/models'`; below `/sub/` on a file server `/sub/models/`,
 * since a page there is a folder.
 */
export function linkTo(path: string): string {
  return BASE_PATH + path + (IS_STATIC && path !== '' ? '/' : '')
}
