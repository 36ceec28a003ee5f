import type { ModelPath } from './resolve-path.js'

const ROOTED = /^(?:\/|~\/|\.{1,2}\/|[a-z]:\/)/i
/** Letters and marks of any script and what people put in folder names; no control characters. */
const FOLDER = /^[\p{L}\p{M}\p{N} ._+~()[\]{},'&=#!-]+$/u
/** Hugging Face's cache writes a repository as `models--owner--name`. */
const HUB_FOLDER = /^models--(.+?)--(.+)$/
const LM_STUDIO = /^(?:\.lmstudio|lm-studio|lmstudio)$/i

/** Whether a name is a path that starts at a root, a drive, the home or the working folder. */
export function isRootedPath(name: string): boolean {
  return ROOTED.test(name)
}

/**
 * Takes a path apart; `null` where a folder's name is not one.
 *
 * @param path - With `/` between segments.
 */
export function parseModelPath(path: string): ModelPath | null {
  const segments = path
    .replace(/^[a-z]:/i, '')
    .split('/')
    .filter((part) => part !== '' && part !== '.' && part !== '..' && part !== '~')
  const last = segments.at(-1)
  if (last === undefined || !segments.every((segment) => FOLDER.test(segment))) return null
  const hub = segments.findIndex((segment) => HUB_FOLDER.test(segment))
  if (hub >= 0) return cachedPath(segments, hub)
  const models = segments.findIndex(
    (part, i) => part.toLowerCase() === 'models' && LM_STUDIO.test(segments[i - 1] ?? ''),
  )
  const start = models >= 0 ? models + 1 : isRootedPath(path) ? -1 : 0
  const repo = start >= 0 && segments.length - start >= 3 ? (segments[start + 1] ?? null) : null
  const owner = repo === null ? null : (segments[start] ?? null)
  const folders = segments.slice(0, -1).filter((_segment, i) => repo === null || i < start || i > start + 1)
  return { owner, repo, folders, file: last }
}

/** `models--owner--repo/snapshots/<commit>/[folders/]file`; without a file the repository itself. */
function cachedPath(segments: readonly string[], hub: number): ModelPath | null {
  const [, owner, repo] = HUB_FOLDER.exec(segments[hub] ?? '') ?? []
  if (owner === undefined || repo === undefined) return null
  const inside = segments.slice(hub + 1)
  const rest = inside[0] === 'snapshots' ? inside.slice(2) : inside
  return { owner, repo, folders: rest.slice(0, -1), file: rest.at(-1) ?? repo }
}
