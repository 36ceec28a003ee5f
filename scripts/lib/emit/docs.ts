import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Handlebars from 'handlebars'
import { formatContext, formatGb } from '../../../src/units.js'
import type { Catalog, ResolvedFamily, ResolvedModel } from '../resolve.js'
import { formatCount } from '../size-tokens.js'
import type { Content } from './content.js'
import { escapeMarkdown, markdownLink } from './markdown.js'

const engine = Handlebars.create()
engine.registerHelper('md', (value: unknown) => escapeMarkdown(String(value)))
engine.registerHelper('link', (text: unknown, url: unknown) => markdownLink(String(text), String(url)))
engine.registerHelper('hub', (repo: unknown) => `https://huggingface.co/${String(repo)}`)

function template(directory: string, name: string): Handlebars.TemplateDelegate {
  // Nothing is HTML-escaped: what is authored goes through `md` and `link`.
  return engine.compile(readFileSync(join(directory, `${name}.hbs`), 'utf8'), {
    noEscape: true,
    strict: true,
  })
}

/** MODELS.md and one page for each family, by path. */
export function emitDocs(catalog: Catalog, templates: string): Map<string, Content> {
  const family = template(templates, 'family')
  const model = template(templates, 'model')
  const pages = catalog.families
    .filter(({ models }) => models.length > 0)
    .map((entry): [string, Content] => [
      `docs/models/${entry.id}.md`,
      function* () {
        yield family(familyView(entry))
        for (const item of entry.models) yield model(modelView(item, catalog))
      },
    ])
  const models = template(templates, 'models')
  return new Map([['MODELS.md', () => [models(overview(catalog))]], ...pages])
}

function overview(catalog: Catalog): object {
  return {
    count: catalog.models.length,
    families: catalog.families.length,
    builds: catalog.models.reduce((sum, { row }) => sum + row.builds.length, 0),
    rows: catalog.models.map(overviewRow),
    tiers: catalog.tiers,
  }
}

function overviewRow({ row }: ResolvedModel): object {
  const preset = row.builds.find((build) => build.default)
  return {
    id: row.id,
    anchor: `${row.family}.md#${anchor(row.id)}`,
    publisher: row.publisher,
    parameters: parametersText(row),
    context: formatContext(row.context.max),
    tools: row.kind === 'embedding' ? 'embedding' : row.tier,
    quality: row.quality ? `${row.quality.index.toFixed(0)} ± ${row.quality.standard_error.toFixed(0)}` : '',
    size: preset ? `${formatGb(preset.bytes)} (${preset.quantization})` : '',
    licence: row.licence,
    release: row.release,
  }
}

/** GitHub's anchor of a heading that is a model id. */
function anchor(id: string): string {
  return id.replace(/[^a-z0-9-]/g, '')
}

function parametersText({ parameters, active_parameters: active }: ResolvedModel['row']): string {
  return active === undefined
    ? formatCount(parameters)
    : `${formatCount(parameters)} (${formatCount(active)} active)`
}

function familyView({ id, family }: ResolvedFamily): object {
  const { name, description, publisher, licence } = family
  return { id, name, description, publisher, licence }
}

function modelView({ row, gguf, detail }: ResolvedModel, { quantizations }: Catalog): object {
  const labels = new Map(quantizations.map((quantization) => [quantization.id, quantization.quality_label]))
  return {
    ...row,
    parameters: parametersText(row),
    context: contextText(row.context),
    modalities: row.modalities.join(', '),
    tools: row.tools === null ? 'unknown' : row.tools ? 'yes' : 'no',
    isChat: row.kind === 'chat',
    repo: detail.repo,
    reason: detail.tier_reason,
    quality: row.quality,
    boards: detail.quality?.boards ?? [],
    evidence: detail.evidence.map(evidenceView),
    builds: row.builds.map((build, index) => buildView(build, gguf[index], labels)),
    sources: detail.sources.map(({ url, facts, checked }) => ({ url, facts: facts.join(', '), checked })),
  }
}

// The views of a page's rows name every field: spreading rows of many shapes leaves a new hidden class for each.

function evidenceView(item: ResolvedModel['detail']['evidence'][number]): object {
  const { name, metric = '', mode = '', date, source } = item
  return { name, metric, mode, value: valueText(item), date, source }
}

function buildView(
  build: ResolvedModel['row']['builds'][number],
  file: ResolvedModel['gguf'][number] | undefined,
  labels: ReadonlyMap<string, string>,
): object {
  return {
    quantization: build.quantization,
    star: build.default ? ' (default)' : '',
    label: labels.get(build.quantization),
    size: formatGb(build.bytes, 2),
    basis: build.bytes_basis,
    tag: build.ollama_tag ?? '',
    repo: file?.repo,
    parts: file?.files.length ?? 0,
    source: file?.source,
  }
}

function contextText({ max, default: preset, extended }: ResolvedModel['row']['context']): string {
  const more = extended ? `; ${extended.max} with ${extended.method}` : ''
  return `${max} tokens trained, ${preset} by default${more}`
}

function valueText(item: ResolvedModel['detail']['evidence'][number]): string {
  if (item.kind === 'known_issue') return `${item.state ?? ''}, ${item.severity ?? ''}`
  return item.value === undefined ? '' : String(item.value)
}
