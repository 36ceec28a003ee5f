import { readFileSync } from 'node:fs'

/** Version of this package, from its package.json, which lies above both src/ and dist/src/. */
export function readVersion(): string {
  for (const path of ['../../package.json', '../../../package.json']) {
    try {
      const manifest: unknown = JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'))
      if (isManifest(manifest) && manifest.name === 'llm-almanac') return manifest.version
    } catch {
      continue
    }
  }
  return '0.0.0'
}

function isManifest(value: unknown): value is { name: string; version: string } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'name' in value &&
    'version' in value &&
    typeof value.version === 'string'
  )
}
