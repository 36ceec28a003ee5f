import { listModels } from '../../../src/catalog/index.js'
import type { ModelRow } from '../../../src/catalog/index.js'
import { recommend, simulateMachine } from '../../../src/recommend/index.js'
import { formatContext, formatGib, GIB } from '../../../src/units.js'
import { escapeHtml } from './page-html.js'
import type { SitePage } from './page-html.js'

/** Card of the list for readers without script. */
const CARD_GIB = 24
const LISTED = 40

/** A heading and what it says, both HTML already. */
function answer(title: string, text = ''): string {
  return `<div class="answer"><h1>${title}</h1>${text === '' ? '' : `<p>${text}</p>`}</div>`
}

const panel = (html: string): string => `<div class="panel block">${html}</div>`

/** Folder of a model's page: `m/qwen3/32b`. */
export function modelFolder({ id }: ModelRow): string {
  return `m/${id.replace(':', '/')}`
}

/** Every page of the site that has an address of its own. */
export function listSitePages(): SitePage[] {
  return [homePage(), modelsPage(), howPage(), ...listModels().map(modelPage)]
}

function homePage(): SitePage {
  const nowhere = {
    platform: 'unknown',
    arch: 'unknown',
    ram: { total_bytes: 32 * GIB, available_bytes: 24 * GIB },
    gpus: [],
    problems: [],
  }
  const machine = simulateMachine(nowhere, { vram_bytes: CARD_GIB * GIB })
  const names = new Map(listModels().map((model) => [model.id, model]))
  const rows = recommend(machine, { limit: LISTED }).recommendations.flatMap((row) => {
    const model = names.get(row.model)
    if (!model) return []
    const cells = [
      `<a href="${modelFolder(model)}/">${escapeHtml(model.name)}</a>`,
      escapeHtml(row.quantization),
      formatGib(row.needed_bytes),
      formatContext(row.context),
      escapeHtml(row.tier),
    ]
    return [`<tr><td>${cells.join('</td><td>')}</td></tr>`]
  })
  const heads = ['Model', 'Build', 'Needs', 'Context', 'Tools'].map((head) => `<th scope="col">${head}</th>`)
  return {
    folder: '',
    title: 'Which language models run on your card – llm-almanac',
    description: 'Which local language models fit which graphics card, with the memory broken down.',
    body:
      answer(
        'Which language models run on your graphics card?',
        `With a card of ${CARD_GIB} GiB, all of it free, best first. Other cards need JavaScript.`,
      ) +
      panel(
        `<table class="table"><thead><tr>${heads.join('')}</tr></thead><tbody>${rows.join('')}</tbody></table>`,
      ) +
      '<p class="foot"><a href="models/">All models</a> <a href="how/">How it counts</a> <a href="api/models.json">JSON</a></p>',
  }
}

function modelPage(model: ModelRow): SitePage {
  const builds = model.builds.map(
    (build) => `<tr><td>${escapeHtml(build.quantization)}</td><td>${formatGib(build.bytes)}</td></tr>`,
  )
  return {
    folder: modelFolder(model),
    title: `${model.name} – llm-almanac`,
    description: `${model.name} by ${model.publisher}: ${model.description} Builds, memory against context, tool calling.`,
    body:
      answer(
        escapeHtml(model.name),
        `${escapeHtml(model.publisher)}, ${escapeHtml(model.licence)}. ` +
          `${escapeHtml(model.description)} Context up to ${formatContext(model.context.max)}.`,
      ) +
      panel(
        `<table class="table"><thead><tr><th scope="col">Build</th><th scope="col">File</th></tr></thead><tbody>${builds.join('')}</tbody></table>`,
      ) +
      `<p class="foot"><a href="../../../">What runs on your card</a></p>`,
  }
}

function modelsPage(): SitePage {
  const items = listModels().map(
    (model) => `<li><a href="../${modelFolder(model)}/">${escapeHtml(model.name)}</a></li>`,
  )
  return {
    folder: 'models',
    title: 'All models – llm-almanac',
    description: 'Every model of the almanac.',
    body: answer(`${items.length} models in the almanac.`) + panel(`<ul>${items.join('')}</ul>`),
  }
}

function howPage(): SitePage {
  return {
    folder: 'how',
    title: 'How it counts – llm-almanac',
    description: 'What is counted, what is not, and how far it can be off.',
    body: answer(
      'How it counts',
      'Weights, KV cache and compute buffers as llama.cpp allocates them, and 0.3 to 0.6 GiB for the driver, ' +
        'against memory that is free, less 2 GiB that are kept free.',
    ),
  }
}
