/** Text as HTML shows it. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

/** The policy of the served page; a `<meta>` cannot forbid framing. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

export interface SitePage {
  /** Folder below the site's root; empty for the root itself. */
  folder: string
  title: string
  description: string
  /** HTML inside the page until the script takes over, and for readers without one. */
  body: string
}

/** The head of a page that no script has drawn yet. */
function masthead(base: string): string {
  return `<header class="masthead"><a class="wordmark" href="${base}">llm-almanac</a></header>`
}

/** The way from a folder back to the root: `m/qwen3/32b` → `../../../`. */
export function backToRoot(folder: string): string {
  return folder === '' ? './' : '../'.repeat(folder.split('/').length)
}

/**
 * The built document as one page of the site: title, text, policy, and addresses that work from its folder,
 * wherever the site itself lies.
 */
export function sitePageHtml(built: string, page: SitePage): string {
  const base = backToRoot(page.folder)
  const meta = [
    `<meta http-equiv="Content-Security-Policy" content="${escapeHtml(POLICY)}" />`,
    '<meta name="referrer" content="no-referrer" />',
    '<meta name="almanac-mode" content="static" />',
    `<meta name="almanac-base" content="${base}" />`,
  ].join('\n    ')
  return built
    .replace(/((?:src|href)=")\.\//g, (_, start: string) => start + base)
    .replace(/<title>[^<]*<\/title>/, () => `<title>${escapeHtml(page.title)}</title>`)
    .replace(
      /(<meta\s+name="description"\s+content=")[^"]*/,
      (_, start: string) => start + escapeHtml(page.description),
    )
    .replace(/(<meta charset="[^"]*" \/>)/, (charset) => `${charset}\n    ${meta}`)
    .replace(
      /<div id="app">[\s\S]*<\/div>\s*<noscript>[\s\S]*?<\/noscript>/,
      () => `<div id="app"><div class="page">${masthead(base)}<main>${page.body}</main></div></div>`,
    )
}
