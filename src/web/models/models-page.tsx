import { signal } from '@preact/signals'
import { defaultBuild, listModels } from '../../catalog/index.js'
import type { ModelRow } from '../../catalog/index.js'
import { formatContext, formatGib } from '../../units.js'
import { TierBadge } from '../home/tier-badge.js'
import { Heading } from '../shell/heading.js'
import { formatMonth, formatParameters } from '../state/catalog-words.js'
import { matchesFilters } from '../state/filters.js'
import { filters, setFilters } from '../state/question.js'
import { modelPath } from '../state/router.js'

type Column = 'name' | 'parameters' | 'context' | 'size' | 'quality' | 'release'

const COLUMNS: readonly [Column, string, (model: ModelRow) => string | number][] = [
  ['name', 'Model', (model) => model.name.toLowerCase()],
  ['parameters', 'Parameters', (model) => model.parameters],
  ['context', 'Context', (model) => model.context.max],
  ['size', 'Default file', (model) => defaultBuild(model)?.bytes ?? 0],
  ['quality', 'Quality', (model) => model.quality?.index ?? -1],
  ['release', 'Released', (model) => model.release],
]

const sort = signal<{ column: Column; down: boolean }>({ column: 'name', down: false })

/** The whole catalog as a table that sorts. */
export function ModelsPage() {
  const { q } = filters.value
  const shown = sorted(listModels().filter((model) => matchesFilters(model, { q })))
  return (
    <>
      <div class="answer">
        <Heading title="All models">{listModels().length} models in the almanac.</Heading>
      </div>
      <div class="filters" role="search">
        <input
          class="text-field search"
          type="search"
          placeholder="Search models"
          aria-label="Search models"
          value={q}
          maxLength={80}
          onInput={(event) => setFilters({ q: event.currentTarget.value }, 'replace')}
        />
      </div>
      <div class="panel block" id="list" tabIndex={-1}>
        <table class="table models-table">
          <thead>
            <tr>
              {COLUMNS.map(([column, title]) => (
                <Head key={column} column={column} title={title} />
              ))}
              <th scope="col" class="less">
                Tools
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((model) => (
              <ModelLine key={model.id} model={model} />
            ))}
          </tbody>
        </table>
        {shown.length === 0 && <p class="muted">No model matches “{q}”.</p>}
      </div>
    </>
  )
}

const LESS: readonly Column[] = ['quality', 'release', 'context']

function Head({ column, title }: { column: Column; title: string }) {
  const { column: by, down } = sort.value
  const here = by === column
  return (
    <th
      scope="col"
      class={`${column === 'name' ? '' : 'number'} ${LESS.includes(column) ? 'less' : ''}`}
      aria-sort={here ? (down ? 'descending' : 'ascending') : 'none'}
    >
      <button
        class="sort"
        type="button"
        onClick={() => (sort.value = { column, down: here ? !down : column !== 'name' })}
      >
        {title}
      </button>
    </th>
  )
}

function sorted(models: ModelRow[]): ModelRow[] {
  const { column, down } = sort.value
  const key = COLUMNS.find(([id]) => id === column)?.[2]
  if (!key) return models
  const side = down ? -1 : 1
  return models.sort((a, b) => {
    const [x, y] = [key(a), key(b)]
    return x === y ? 0 : x < y ? -side : side
  })
}

function ModelLine({ model }: { model: ModelRow }) {
  const bytes = defaultBuild(model)?.bytes
  return (
    <tr>
      <th scope="row">
        <a class="name" href={modelPath(model.id)}>
          {model.name}
        </a>{' '}
        <span class="small muted">{model.publisher}</span>
      </th>
      <td class="number">{formatParameters(model.parameters)}</td>
      <td class="number less">{formatContext(model.context.max)}</td>
      <td class="number">{bytes === undefined ? '–' : formatGib(bytes)}</td>
      <td class="number less">{model.quality ? Math.round(model.quality.index) : '–'}</td>
      <td class="number less">{formatMonth(model.release)}</td>
      <td class="less">
        <TierBadge model={model} />
      </td>
    </tr>
  )
}
