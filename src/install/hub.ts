import { AlmanacError } from '../errors.js'
import type { Hub } from './types.js'

const PUBLIC_HUB = 'https://huggingface.co'

/**
 * The hub of this environment: `HF_ENDPOINT` (default huggingface.co) and `HF_TOKEN`.
 *
 * @throws {AlmanacError} `BAD_USAGE` where HF_ENDPOINT is no http address.
 */
export function hubOf(env: Readonly<Record<string, string | undefined>>): Hub {
  const text = env['HF_ENDPOINT']?.trim() || PUBLIC_HUB
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) {
    throw new AlmanacError('BAD_USAGE', 'HF_ENDPOINT is not an http(s) address', `write it as ${PUBLIC_HUB}`)
  }
  return {
    endpoint: (url.origin + url.pathname).replace(/\/+$/, ''),
    token: env['HF_TOKEN']?.trim() || undefined,
  }
}

/** Message for an answer that wants a token or accepted terms. */
export function explainDenied(repo: string, hub: Hub): AlmanacError {
  return new AlmanacError(
    'AUTH_REQUIRED',
    `Hugging Face refuses ${repo}: it is private, or its licence must be accepted first`,
    hub.token === undefined
      ? `accept the licence at ${hub.endpoint}/${repo}, then set HF_TOKEN to a token of yours`
      : `accept the licence at ${hub.endpoint}/${repo}, and check that HF_TOKEN may read it`,
  )
}

/** Message for a file that is not there. */
export function explainMissing(repo: string, name: string): AlmanacError {
  return new AlmanacError(
    'UNKNOWN_MODEL',
    `${repo} has no file ${name} on the hub`,
    'check the spelling; names are case-sensitive',
  )
}
