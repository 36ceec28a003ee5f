/** Plain and readable in light and dark. */
export const DOCS_STYLE = `:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
h2 { margin-top: 2rem; font-size: 1rem }
code { font-family: ui-monospace, monospace }
b { display: inline-block; min-width: 4.5rem }
pre { overflow-x: auto; padding: .75rem; border: 1px solid; border-radius: .5rem; font-size: .85rem }
`

const METHODS = ['get', 'post', 'delete']

/** A page that lists the routes of an OpenAPI document: summary, input, answer. */
export function docsPage(document: object): string {
  const sections = entriesOf(member(document, 'paths')).flatMap(([path, item]) =>
    METHODS.filter((method) => member(item, method)).map((method) =>
      section(path, method, member(item, method)),
    ),
  )
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>llm-almanac: the HTTP API</title><link rel="stylesheet" href="/docs.css"></head>
<body><h1>The HTTP API of llm-almanac</h1>
<p>Also as <a href="/openapi.json">OpenAPI 3.1</a>. Errors are <code>{"detail": "…"}</code>.
Names in paths are percent-encoded, <code>/</code> as <code>%2F</code>.</p>
${sections.join('\n')}
</body></html>
`
}

function section(path: string, method: string, operation: unknown): string {
  const parameters = listOf(member(operation, 'parameters')).map(
    (parameter) =>
      `<li><code>${escapeHtml(member(parameter, 'name'))}</code> in ${escapeHtml(member(parameter, 'in'))}</li>`,
  )
  const answer = schemaOf(member(member(operation, 'responses'), '200'))
  const body = schemaOf(member(operation, 'requestBody'))
  return [
    `<section><h2><b>${method.toUpperCase()}</b> <code>${escapeHtml(path)}</code></h2>`,
    `<p>${escapeHtml(member(operation, 'summary'))}</p>`,
    parameters.length > 0 ? `<ul>${parameters.join('')}</ul>` : '',
    body === undefined ? '' : `<p>Body</p><pre>${escapeHtml(outline(body))}</pre>`,
    answer === undefined
      ? ''
      : `<details><summary>Answer</summary><pre>${escapeHtml(outline(answer))}</pre></details>`,
    '</section>',
  ].join('\n')
}

/** A schema as people write such things: members and types, no ceremony. */
function outline(schema: unknown, indent = ''): string {
  const type = member(schema, 'type')
  const types = Array.isArray(type) ? type : [type]
  if (types.includes('array')) return `[${outline(member(schema, 'items'), indent)}]`
  if (!types.includes('object')) return types.map(String).join(' | ')
  const values = member(schema, 'additionalProperties')
  if (typeof values === 'object') return `{ "*": ${outline(values, indent)} }`
  const inner = `${indent}  `
  const lines = entriesOf(member(schema, 'properties')).map(
    ([name, property]) => `${inner}${name}: ${outline(property, inner)}`,
  )
  return `{\n${lines.join('\n')}\n${indent}}${types.includes('null') ? ' | null' : ''}`
}

function schemaOf(message: unknown): unknown {
  return member(member(member(message, 'content'), 'application/json'), 'schema')
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined
}

function entriesOf(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : []
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

function escapeHtml(value: unknown): string {
  return typeof value === 'string' ? value.replace(/[&<>"]/g, (char) => ENTITIES[char] ?? char) : ''
}
