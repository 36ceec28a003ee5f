/** A URL for messages: no user info, no query (signed links hold secrets there), at most 200 characters. */
export function shownUrl(url: URL): string {
  return `${url.protocol}//${url.host}${url.pathname}`.slice(0, 200)
}

/** Untrusted text for messages: one line, control characters as `?`, cut to `length` characters. */
export function shownText(text: string, length = 300): string {
  return text
    .slice(0, length * 4)
    .replace(/\s+/g, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?')
    .trim()
    .slice(0, length)
}
