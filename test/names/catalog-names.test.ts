import { describe, expect, it } from 'vitest'
import { loadGguf } from '../../src/catalog/index.js'
import { buildNameIndex, resolveName } from '../../src/names/index.js'
import { CATALOG_FACTS, CATALOG_INDEX } from './catalog-index.js'

const gguf = await loadGguf()

/** What each name should mean, and what it means, where the two differ. */
function wrong(rows: readonly { name: string; model: string | null; quantization?: string }[]): string[] {
  return rows.flatMap(({ name, model, quantization }) => {
    const answer = resolveName(CATALOG_INDEX, name)
    const isRight =
      answer.model === model && (quantization === undefined || answer.quantization === quantization)
    return isRight ? [] : [`${name}: ${answer.model} ${answer.quantization}, not ${model} ${quantization}`]
  })
}

const named = CATALOG_FACTS.map((each) => ({ ...each, repo: each.repo ?? each.id }))
/** Names of a model: its id, repository and tags, and some of its files. */
function namesOf({ id, repo, ollama_tags, files }: (typeof CATALOG_FACTS)[number]): string[] {
  const tags = ollama_tags.map(({ tag }) => tag)
  return [id, repo ?? id, ...tags, ...files.slice(0, 5).map(({ name }) => name)]
}

const shortName = (repo: string): string => repo.slice(repo.indexOf('/') + 1)

describe('every name that the catalog lists means its own model', () => {
  it('by id, repository and alias', () => {
    const rows = named.flatMap(({ id: model, repo, aliases }) =>
      [model, repo, ...aliases].map((name) => ({ name, model })),
    )
    /** Ollama's family of this name holds the distilled 8B. */
    const ambiguous = 'DeepSeek-R1'
    expect(wrong(rows.filter(({ name }) => name !== ambiguous))).toEqual([])
    expect(resolveName(CATALOG_INDEX, ambiguous).model).toBeNull()
  })

  it('by every tag of the Ollama library, at the label of its build', () => {
    const rows = CATALOG_FACTS.flatMap(({ id: model, ollama_tags }) =>
      ollama_tags.map(({ tag: name, quantization }) => ({ name, model, quantization })),
    )
    expect(rows.length).toBeGreaterThan(500)
    expect(wrong(rows)).toEqual([])
    expect(wrong(rows.map((row) => ({ ...row, name: `library/${row.name.toUpperCase()}` })))).toEqual([])
  })

  it('by every file of every build: alone, in its repository, in the caches of llama.cpp and Hugging Face', () => {
    const rows = CATALOG_FACTS.flatMap(({ id: model }) =>
      (gguf[model] ?? []).flatMap(({ repo, quantization, files }) =>
        files.flatMap(({ name: file }) => {
          if (repo === undefined) return []
          const joined = `${repo}/${file}`
          const cached = `/c/hub/models--${repo.replace('/', '--')}/snapshots/3f1c9a0b/${file}`
          const names = [file.slice(file.lastIndexOf('/') + 1), joined, `hf:${joined}`, cached]
          const downloads = [`C:\\m\\${joined.replaceAll('/', '_')}`]
          return [...names, ...downloads].map((name) => ({ name, model, quantization }))
        }),
      ),
    )
    expect(rows.length).toBeGreaterThan(1000)
    expect(wrong(rows)).toEqual([])
  })
})

describe('two models of the catalog never pass for each other', () => {
  it('is null where a repository or folder and its file are of two models', () => {
    const pairs = named.flatMap(({ id, repo }) =>
      named
        .filter((other) => other.id !== id)
        .map((other): [string, string] => [shortName(repo), shortName(other.repo)]),
    )
    const rows = pairs.map(([repo, file], i) => {
      const forms = [
        `acme/${repo}-GGUF/${file}-Q4_K_M.gguf`,
        `hf.co/acme/${repo}-GGUF:${file}-Q4_K_M.gguf`,
        `/c/acme_${repo}-GGUF_${file}-Q4_K_M.gguf`,
        `${repo}/${file}-Q4_K_M`,
        `/c/models--acme--${repo}/snapshots/3f1c9a0b/${file}-Q4_K_M.gguf`,
      ]
      return { name: forms[i % forms.length] ?? repo, model: null }
    })
    expect(rows.length).toBeGreaterThan(10_000)
    expect(wrong(rows)).toEqual([])
  })

  it('has no other answer for a name whose model the catalog lacks', () => {
    /** Four at a time, far apart in the order of ids, so that all relatives of each stay in. */
    const quarter = Math.ceil(CATALOG_FACTS.length / 4)
    const found = CATALOG_FACTS.slice(0, quarter).flatMap((_, first) => {
      const lacking = CATALOG_FACTS.filter((_each, index) => index % quarter === first)
      const rest = buildNameIndex(CATALOG_FACTS.filter((each) => !lacking.includes(each)))
      return lacking.flatMap(namesOf).filter((name) => resolveName(rest, name).model !== null)
    })
    expect(found).toEqual([])
  })
})
