/**
 * Text that Markdown shows as it is: no markup, no HTML, no link, one line.
 *
 * @example escapeMarkdown('a|b <i>') // 'a\\|b &lt;i&gt;'
 */
export function escapeMarkdown(text: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9 ,]*$/.test(text)) return text
  return text
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')
    .replace(/[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/g, '')
    .replace(/[\\`*_{}[\]()|~$]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/:\/\//g, '\\://')
    .replace(/\b(www)\./gi, '$1\\.')
    .replace(/^(\d*)([-+=#!.])/, '$1\\$2')
}

/** A link with an address that cannot end the link or the table cell. */
export function markdownLink(text: string, url: string): string {
  const address = url.replace(/[\s<>|\\`"']/g, (character) =>
    encodeURIComponent(character).replace("'", '%27'),
  )
  return `[${escapeMarkdown(text)}](<${address}>)`
}
