const encoder = new TextEncoder()

const MODELS_PER_FAMILY = 10

/**
 * A catalog of any size for measurements: the lists of a real one, and models copied from one of its entries
 * under new ids, with file names and hashes of their own. Repositories keep their owners, whose recipes decide sizes.
 *
 * @param template - Files of a real catalog; its first dense model is copied.
 * @param count - Models wanted.
 */
export function syntheticCatalog(
  template: ReadonlyMap<string, Uint8Array>,
  count: number,
): Map<string, Uint8Array> {
  const files = new Map([...template].filter(([path]) => !path.startsWith('catalog/models/')))
  const model = withoutExceptions(
    text(template, (path) => path === 'catalog/models/qwen3/8b.yaml'),
    template,
  )
  const family = text(template, (path) => path === 'catalog/models/qwen3/family.yaml')
  files.delete(EXCEPTIONS)
  for (let index = 0; index < count; index += 1) {
    const folder = `synthetic${Math.floor(index / MODELS_PER_FAMILY)}`
    const size = `m${index}`
    files.set(
      `catalog/models/${folder}/family.yaml`,
      encoder.encode(family.replace(/^ollama_library:.*\n/m, '')),
    )
    files.set(`catalog/models/${folder}/${size}.yaml`, encoder.encode(renamed(model, folder, size)))
  }
  return files
}

const EXCEPTIONS = 'catalog/size-exceptions.yaml'

/**
 * The copied model without the builds that need an exception: ten thousand copies of an exception would make
 * their one list larger than a file may be.
 */
function withoutExceptions(model: string, template: ReadonlyMap<string, Uint8Array>): string {
  const exceptions = new TextDecoder().decode(template.get(EXCEPTIONS))
  const labels = [...exceptions.matchAll(/^ *- model: qwen3:8b\n *quantization: (\S+)$/gm)]
  return labels.reduce(
    (text, [, label = '']) =>
      text.replace(new RegExp(`^  - quantization: ${label}\\n(?: {4}.*\\n)*`, 'm'), ''),
    model,
  )
}

function text(files: ReadonlyMap<string, Uint8Array>, matches: (path: string) => boolean): string {
  const found = [...files].find(([path]) => matches(path))
  if (!found) throw new TypeError('the catalog has no qwen3:8b to copy')
  return new TextDecoder().decode(found[1])
}

function renamed(model: string, folder: string, size: string): string {
  const digits = [...size].map((character) => character.charCodeAt(0).toString(16)).join('')
  return model
    .replace(/^( *(?:- )?repo: [^/\n]+\/).*$/gm, `$1${folder}-${size}`)
    .replace(/^( *(?:- )?(?:ollama_)?sha256: ).*$/gm, (_, key: string) => `${key}${uniqueHash(digits)}`)
    .replaceAll('qwen3:', `${folder}:${size}-`)
    .replaceAll('Qwen3-8B', `Synthetic-${folder}-${size}`)
}

let hashes = 0

function uniqueHash(digits: string): string {
  hashes += 1
  return `${digits}${hashes.toString(16).padStart(12, '0')}`.padEnd(64, '0123456789abcdef').slice(0, 64)
}
