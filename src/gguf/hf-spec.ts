import { AlmanacError } from '../errors.js'

/** A file in a repository on Hugging Face. */
export interface HfSpec {
  /** `OWNER/REPO`. */
  repo: string
  owner: string
  name: string
  /** Path inside the repository; its segments are separated by `/`. */
  file: string
}

const NAME = /^[A-Za-z0-9_][A-Za-z0-9._-]*$/
/** Besides control characters: what a URL, a Windows path or a percent-encoded name would misread. */
const FORBIDDEN = /[\p{Cc}\p{Cs}\\%?#:*"<>|]/u
/** Longer than any repository's paths; keeps messages and URLs short. */
const MAX_LENGTH = 1024
const MAX_NAME = 96

const HINT = 'write hf:OWNER/REPO/FILE.gguf, as in hf:Qwen/Qwen3-8B-GGUF/Qwen3-8B-Q4_K_M.gguf'

function refuse(why: string): AlmanacError {
  return new AlmanacError('BAD_USAGE', `not a file on Hugging Face: ${why}`, HINT)
}

function checkFile(segments: readonly string[]): void {
  const file = segments.join('/')
  if (!file.endsWith('.gguf')) throw refuse('the file name does not end in .gguf')
  if (segments.some((segment) => segment === '' || segment === '.' || segment === '..')) {
    throw refuse('a part of its path is empty, . or ..')
  }
  if (FORBIDDEN.test(file)) {
    throw refuse('its path holds a character that no file name there has')
  }
}

/**
 * Reads `hf:OWNER/REPO/FILE.gguf`. Blanks, brackets, `+` and letters of any script are fine in FILE.
 *
 * @throws {AlmanacError} `BAD_USAGE` for anything else.
 * @example parseHfSpec('hf:a/b/Q4_K_M/x.gguf') // { repo: 'a/b', owner: 'a', name: 'b', file: 'Q4_K_M/x.gguf' }
 */
export function parseHfSpec(spec: string): HfSpec {
  if (!spec.startsWith('hf:')) throw refuse('it does not start with hf:')
  if (spec.length > MAX_LENGTH) throw refuse(`it is longer than ${MAX_LENGTH} characters`)
  const [owner = '', name = '', ...segments] = spec.slice('hf:'.length).split('/')
  for (const part of [owner, name]) {
    if (!NAME.test(part) || part.length > MAX_NAME) throw refuse('OWNER or REPO is no name there')
  }
  checkFile(segments)
  return { repo: `${owner}/${name}`, owner, name, file: segments.join('/') }
}

/** Where Hugging Face is unless `HF_ENDPOINT` says otherwise. */
const HUGGING_FACE = 'https://huggingface.co'

/**
 * Address of a file's content.
 *
 * @param endpoint - Value of `HF_ENDPOINT`, if set.
 * @throws {AlmanacError} `BAD_USAGE` where that is no http address.
 * @example hfFileUrl(parseHfSpec('hf:a/b/x y.gguf')).href // 'https://huggingface.co/a/b/resolve/main/x%20y.gguf'
 */
export function hfFileUrl({ repo, file }: HfSpec, endpoint?: string): URL {
  const base = endpoint?.trim() ? endpoint.trim().replace(/\/+$/, '') : HUGGING_FACE
  if (!URL.canParse(base) || !/^https?:\/\//i.test(base)) {
    throw new AlmanacError('BAD_USAGE', 'HF_ENDPOINT is not an http or https address')
  }
  const path = file.split('/').map(encodeURIComponent).join('/')
  return new URL(`${base}/${repo}/resolve/main/${path}`)
}
