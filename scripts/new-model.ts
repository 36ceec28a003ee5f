import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { AlmanacError } from '../src/errors.js'
import { fetchGguf, partNames } from '../src/gguf/index.js'
import { fetchJson } from '../src/http/index.js'
import { countParameters } from '../src/memory/weights/index.js'
import { hubFiles, pickBuild } from './lib/hub-files.js'
import { draftFamily, draftId, draftModel } from './lib/model-draft.js'
import { root } from './lib/root.js'
import { runScript, UsageError } from './lib/run-script.js'

const HELP = `Writes catalog/models/<family>/<size>.yaml from the header of a GGUF file on Hugging Face, and the family.yaml of a
new family.

npm run new-model -- <owner>/<repo>                          id and file are chosen by name
npm run new-model -- <owner>/<repo> --id qwen3:8b            the id
npm run new-model -- <owner>/<repo> --file Q4_K_M/x.gguf     the file (the first part of a split one)

Reads the header of the file, some MB. HF_TOKEN and HF_ENDPOINT are honoured.
`

const REPO = /^[A-Za-z0-9_][A-Za-z0-9._-]*\/[A-Za-z0-9_][A-Za-z0-9._-]*$/
const ID = /^[a-z0-9][a-z0-9.-]*:[a-z0-9][a-z0-9.-]*$/

await runScript(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { id: { type: 'string' }, file: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
  })
  if (values.help === true) {
    process.stdout.write(HELP)
    return 0
  }
  const [repo = ''] = positionals
  if (!REPO.test(repo))
    throw new UsageError(`"${repo}" is no Hugging Face repository`, 'write it as Qwen/Qwen3-8B-GGUF')
  const id = values.id ?? draftId(repo)
  if (id === undefined || !ID.test(id))
    throw new UsageError('the name of the repository gives no id', 'add --id family:size')
  const path = `catalog/models/${id.replace(':', '/')}.yaml`
  if (existsSync(join(root, path)))
    throw new UsageError(`${path} exists already`, 'edit it, or choose another --id')
  return await write(repo, path, values.file)
})

async function write(repo: string, path: string, file: string | undefined): Promise<number> {
  try {
    const text = await draft(repo, file)
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text, { flag: 'wx' })
  } catch (error) {
    if (!(error instanceof AlmanacError)) throw error
    process.stderr.write(`${error.message}\n${error.hint === undefined ? '' : `  hint: ${error.hint}\n`}`)
    return 1
  }
  const paths = [path, ...writeFamily(repo, dirname(path))].join(' ')
  process.stdout.write(`Written: ${paths}\nFill in the commented lines, then: npm run validate ${paths}\n`)
  return 0
}

/** Path of the family's draft, where the family is new. */
function writeFamily(repo: string, folder: string): string[] {
  const path = `${folder}/family.yaml`
  if (existsSync(join(root, path))) return []
  writeFileSync(join(root, path), draftFamily(basename(folder), repo, today()), { flag: 'wx' })
  return [path]
}

function today(): string {
  return new Date().toISOString().slice(0, 10)
}

/** Fields as the schema lists them. */
function fieldOrder(): string[] {
  const schema: unknown = JSON.parse(readFileSync(join(root, 'schema/architecture.schema.json'), 'utf8'))
  if (typeof schema !== 'object' || schema === null || !('properties' in schema)) return []
  return Object.keys(schema.properties ?? {})
}

async function draft(repo: string, wanted: string | undefined): Promise<string> {
  const endpoint = process.env['HF_ENDPOINT'] ?? 'https://huggingface.co'
  const token = process.env['HF_TOKEN']?.trim()
  const listed = hubFiles(
    await fetchJson(`${endpoint}/api/models/${repo}/tree/main?recursive=true`, {
      ...(token ? { token } : {}),
    }),
  )
  const first = pickBuild(listed, wanted)
  if (first === undefined)
    throw new AlmanacError(
      'BAD_USAGE',
      `${repo} has no ${wanted ?? 'GGUF file of a model'}`,
      'name one with --file',
    )
  const header = await fetchGguf(`hf:${repo}/${first}`, { env: process.env })
  return draftModel({
    repo,
    files: partNames(first).map((name) => listed.find((file) => file.name === name) ?? { name }),
    quantization: header.quantization,
    architecture: header.architecture,
    parameters: countParameters(header.architecture),
    fieldOrder: fieldOrder(),
    today: today(),
  })
}
