import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Handlebars from 'handlebars'
import { formatContext, formatGb } from '../../../src/units.js'
import type { Catalog, ResolvedFamily, ResolvedModel } from '../resolve.js'
import { formatCount } from '../size-tokens.js'
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
export function emitDocs(catalog: Catalog, templates: string): Map<string, string> {
  const family = template(templates, 'family')
  const pages = catalog.families
    .filter(({ models }) => models.length > 0)
    .map((entry) => [`docs/models/${entry.id}.md`, family(familyView(entry, catalog))] as const)
  const overview = template(
    templates,
    'models',
  )({
    count: catalog.models.length,
    families: catalog.families.length,
    builds: catalog.models.reduce((sum, { row }) => sum + row.builds.length, 0),
    rows: catalog.models.map(overviewRow),
    tiers: catalog.tiers,
  })
  return new Map([['MODELS.md', overview], ...pages])
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

function familyView({ id, family, models }: ResolvedFamily, catalog: Catalog): object {
  return {
    id,
    name: family.name,
    description: family.description,
    publisher: family.publisher,
    licence: family.licence,
    models: models.map((model) => modelView(model, catalog)),
  }
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
    evidence: detail.evidence.map((item) => ({
      ...item,
      metric: item.metric ?? '',
      mode: item.mode ?? '',
      value: valueText(item),
    })),
    builds: row.builds.map((build, index) => ({
      ...build,
      label: labels.get(build.quantization),
      size: formatGb(build.bytes, 2),
      basis: build.bytes_basis,
      star: build.default ? ' (default)' : '',
      repo: gguf[index]?.repo,
      parts: gguf[index]?.files.length ?? 0,
      tag: build.ollama_tag ?? '',
      source: gguf[index]?.source,
    })),
    sources: detail.sources.map((source) => ({ ...source, facts: source.facts.join(', ') })),
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
