import { show } from './show.js'

/** What a text with a wrong form should look like, and what to do about the commonest slips. */
interface PatternWords {
  /** Ends the sentence "<field> must be …". */
  wanted: string
  hint(found: string): string
}

const DATE_HINT = (found: string): string => {
  const parts = /^(\d{1,2})[./](\d{1,2})[./](\d{4})$/.exec(found)
  return parts ? 'write the year first: YYYY-MM-DD' : 'write the year, month and day as 2025-08-28'
}

const VARIABLE: PatternWords = {
  wanted: 'the name of an environment variable, in capitals',
  hint: (found) => `write ${show(found.toUpperCase().replace(/[^A-Z]+/g, '_'))}`,
}

const WORDS: Readonly<Record<string, PatternWords>> = {
  url: {
    wanted: 'an https:// address without blanks or quotes',
    hint: (found) =>
      found.startsWith('http://')
        ? `write ${show(found.replace('http://', 'https://'))}`
        : 'paste the whole address from the browser, with https://',
  },
  date: { wanted: 'a date, YYYY-MM-DD', hint: DATE_HINT },
  release: {
    wanted: 'a month or a day, YYYY-MM or YYYY-MM-DD',
    hint: () => 'write it as 2025-04 or 2025-04-28',
  },
  sha256: { wanted: '64 lower-case hex digits', hint: sha256Hint },
  hf_repo: {
    wanted: 'a Hugging Face repository, owner/name',
    hint: (found) => {
      const path = /^(?:.*(?:huggingface|hf)\.co\/|hf:)?([\w.-]+\/[\w.-]+)(?:[/?#:].*)?$/.exec(found)?.[1]
      return path === undefined ? 'write it as Qwen/Qwen3-8B-GGUF' : `write ${show(path)}`
    },
  },
  ollama_tag: {
    wanted: 'a tag of the Ollama library, name:tag',
    hint: tagHint,
  },
  quantization_id: {
    wanted: 'a quantization label as in the file name',
    hint: (found) =>
      `write it as in catalog/quantizations.yaml, for example ${show(found.trim().toUpperCase().replace(/\s+/g, '_'))}`,
  },
  model_id: { wanted: 'a model id, family:size', hint: () => 'write it as qwen3:8b' },
  text: { wanted: 'one line of plain text', hint: () => 'remove line breaks and control characters' },
  licence: {
    wanted: 'one licence id without blanks',
    hint: (found) =>
      `write an SPDX id such as Apache-2.0, or ${show(`LicenseRef-${found.replace(/[^A-Za-z0-9.+-]+/g, '-')}`)}`,
  },
  bytes_shown: {
    wanted: 'a number with MB, GB, MiB or GiB',
    hint: shownHint,
  },
  revision: { wanted: '7 to 40 lower-case hex digits', hint: () => 'paste the commit of the repository' },
  'general.architecture': {
    wanted: 'an architecture as the file header names it, in lower case',
    hint: () =>
      'copy general.architecture from the header, for example qwen3; the class of a config is another name',
  },
  id: {
    wanted: 'an id of lower-case letters, digits and "-"',
    hint: (found) =>
      `write ${show(
        found
          .toLowerCase()
          .replace(/[^a-z0-9]+/g, '-')
          .replace(/^-|-$/g, ''),
      )}`,
  },
  url_variable: VARIABLE,
  token_variable: VARIABLE,
  tool_call_format: {
    wanted: 'a name of lower-case letters, digits and "_"',
    hint: (found) =>
      `write ${show(
        found
          .toLowerCase()
          .replace(/[^a-z0-9]+/g, '_')
          .replace(/^_|_$/g, ''),
      )}`,
  },
  ollama_library: { wanted: 'a page of the Ollama library', hint: () => 'write it as qwen3, without a tag' },
  tensor_type: {
    wanted: 'a GGML tensor type in capitals',
    hint: (found) => `write ${show(found.toUpperCase())}`,
  },
  name: {
    wanted: 'the path of a .gguf file',
    hint: (found) =>
      found.toLowerCase().endsWith('.gguf')
        ? 'copy the name from the repository'
        : 'only .gguf files are builds',
  },
}

function tagHint(found: string): string {
  if (found.includes('/')) return 'only the official library counts: leave out tags of users and of hf.co'
  if (!found.includes(':')) return `name the tag too, for example ${show(`${found}:latest`)}`
  if (!/^[\w.-]+:[\w.-]+$/.test(found)) return 'write it as qwen3:8b-q4_K_M'
  const tag = found.toLowerCase().replace(/_k(?=_|$)/g, '_K')
  return `write the name in lower case: ${show(tag.replace(/_[sml]$/, (end) => end.toUpperCase()))}`
}

/** A figure whose unit is only spelled otherwise can be repeated; `4.7G` says neither GB nor GiB. */
function shownHint(found: string): string {
  const [, figure, prefix, i] = /^(\d+(?:[.,]\d+)?) ?([mg])(i?)b$/i.exec(found) ?? []
  return figure !== undefined && prefix !== undefined
    ? `write ${show(`${figure.replace(',', '.')} ${prefix.toUpperCase()}${i ? 'i' : ''}B`)}`
    : 'write it as the source shows it, for example "4.7 GiB"; GB is 10^9 and GiB is 2^30'
}

function sha256Hint(found: string): string {
  if (/^0x[0-9a-f]{64}$/i.test(found)) return 'leave out the "0x" before it'
  if (/^[0-9a-f]{64}$/i.test(found)) return 'write it in lower case'
  if (/^sha256[:-]/i.test(found)) return 'leave out the "sha256:" before it'
  if (/^[0-9a-f]+$/i.test(found)) return `it has ${found.length} digits: copy it again, all 64`
  return 'paste the sha256 of the file, not its git hash or its address'
}

/** Words for a pattern: by the shared definition that holds it, else by the field's own name. */
export function patternWords(definition: string | undefined, field: string): PatternWords {
  const known = (definition === undefined ? undefined : WORDS[definition]) ?? WORDS[field]
  return known ?? { wanted: 'of another form', hint: () => 'compare it with another entry' }
}
