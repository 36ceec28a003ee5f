import { AlmanacError } from '../errors.js'
import { fetchText, HttpFailure, parseJson, statusFailure } from '../http/index.js'
import { explainDenied } from './hub.js'
import type { Hub } from './types.js'

/** The hub lists a thousand entries a page; no model repository has more than a few. */
const MAX_PAGES = 20

/**
 * Size and sha256 of one file from the repository's file list, or null where the list has no such LFS file.
 */
export async function fetchTreeEntry(
  { repo, name, revision = 'main' }: { repo: string; name: string; revision?: string | undefined },
  hub: Hub,
  signal?: AbortSignal,
): Promise<{ bytes: number; sha256: string } | null> {
  const tree = `${hub.endpoint}/api/models/${repo}/tree/${encodeURIComponent(revision)}`
  let address: string | null = `${tree}?recursive=true`
  for (let page = 0; page < MAX_PAGES && address !== null; page++) {
    const answer = await fetchText(address, {
      header_s: 10,
      ...(hub.token === undefined ? {} : { token: hub.token }),
      ...(signal === undefined ? {} : { signal }),
    })
    if (answer.status === 401 || answer.status === 403) throw explainDenied(repo, hub)
    if (answer.status === 404) throw new AlmanacError('UNKNOWN_MODEL', `the hub has no repository ${repo}`)
    if (answer.status !== 200) throw statusFailure(address, answer)
    const found = findEntry(parseJson(answer.text), name)
    if (found) return found
    address = nextPage(answer.headers['link'], address)
  }
  return null
}

function findEntry(list: unknown, name: string): { bytes: number; sha256: string } | null {
  if (!Array.isArray(list)) throw new HttpFailure('bad_output', 'the hub did not answer with a list of files')
  for (const entry of list as readonly unknown[]) {
    if (!isRecord(entry) || entry['path'] !== name) continue
    const lfs = entry['lfs']
    if (!isRecord(lfs)) return null
    const { oid, size } = lfs
    if (
      typeof oid === 'string' &&
      /^[0-9a-f]{64}$/.test(oid) &&
      typeof size === 'number' &&
      Number.isSafeInteger(size) &&
      size > 0
    ) {
      return { bytes: size, sha256: oid }
    }
  }
  return null
}

function nextPage(link: string | undefined, from: string): string | null {
  const target = /<([^>]{1,2000})>\s*;\s*rel="?next"?/.exec(link ?? '')?.[1]
  if (target === undefined || !URL.canParse(target, from)) return null
  const next = new URL(target, from)
  return next.origin === new URL(from).origin ? next.href : null
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
