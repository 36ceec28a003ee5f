import type { Drift } from './write.js'

/** What each generated file is made from: the place to edit instead. The first pattern that matches counts. */
const SOURCES: readonly (readonly [pattern: RegExp, source: string])[] = [
  [/^docs\/models\/(.+)\.md$/, 'catalog/models/$1/'],
  [/^generated\/(quantizations|tiers|providers)\.ts$/, 'catalog/$1.yaml'],
  [/^generated\/gpus\.ts$/, 'catalog/gpus/'],
  [/^generated\/(compute-buffers|tensor-bytes)\.ts$/, 'catalog/models/ by src/memory/'],
  [/^generated\/ids\.ts$/, 'catalog/'],
  [/^generated\/(types|authored)\.ts$/, 'schema/'],
  [/^generated\/(README\.md|index\.ts)$/, 'scripts/lib/'],
  [/^(generated\/.+\.ts|MODELS\.md)$/, 'catalog/models/'],
]

/** Which files are out of date, what each is made from, and what to do about it. */
export function describeDrift(drift: Drift): string {
  const items = [
    ...drift.changed.map((path) => [path, `changed; made from ${sourceOf(path)}`] as const),
    ...drift.missing.map((path) => [path, `missing; made from ${sourceOf(path)}`] as const),
    ...drift.leftOver.map((path) => [path, 'left over: nothing makes it'] as const),
  ]
  const lines = items.map(([path, words]) => `  ${path} ${words}\n`)
  return (
    `Generated files are out of date:\n${lines.join('')}` +
    'Do not edit them: edit what they are made from (pages also scripts/templates/).\n' +
    'Run: npm run generate     then commit the result.\n'
  )
}

function sourceOf(path: string): string {
  const [pattern, source = ''] = SOURCES.find(([candidate]) => candidate.test(path)) ?? []
  return pattern ? path.replace(pattern, source) : 'catalog/ and schema/'
}
