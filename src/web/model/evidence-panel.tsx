import { useEffect, useState } from 'preact/hooks'
import { loadDetails } from '../../catalog/index.js'
import type { BuildRow, DetailRow, ModelRow } from '../../catalog/index.js'
import type { Evidence } from '../../../generated/types.js'
import { unlessStale } from '../forecast/unless-stale.js'
import { formatMonth } from '../state/catalog-words.js'
import { OutLink } from './out-link.js'

/** What the tier rests on, item by item, as plainly against as in favour. */
export function EvidencePanel({ model, build }: { model: ModelRow; build: BuildRow }) {
  const details = useDetails(model)
  if (!details) return <p class="small muted evidence-wait">Looking up the evidence…</p>
  const shown = details.evidence
  return (
    <>
      <p class="small">{details.tier_reason}</p>
      {shown.length === 0 && <p class="small muted">Nobody has published a test of it that we know.</p>}
      <ul class="evidence">
        {shown.slice(0, 5).map((item, index) => (
          <EvidenceItem key={index} item={item} />
        ))}
      </ul>
      {shown.length > 5 && (
        <details class="small">
          <summary>{shown.length - 5} more</summary>
          <ul class="evidence">
            {shown.slice(5).map((item, index) => (
              <EvidenceItem key={index} item={item} />
            ))}
          </ul>
        </details>
      )}
      <details class="small">
        <summary>Sources and licence</summary>
        <p class="muted">
          {model.licence}. Build sizes:{' '}
          {build.bytes_basis === 'exact'
            ? 'exact'
            : build.bytes_basis === 'shown'
              ? 'rounded by their source'
              : 'computed'}
          .
        </p>
        <ul class="sources">
          {details.sources.map(({ url, facts, checked }) => (
            <li key={url + facts.join()}>
              {facts.join(', ')}: <OutLink href={url}>{hostOf(url)}</OutLink>{' '}
              <span class="muted">{checked}</span>
            </li>
          ))}
        </ul>
      </details>
    </>
  )
}

/** A score says nothing by itself; a test passed, or a problem found, does. */
function sideOf({ kind, value, state }: Evidence): 'favour' | 'against' | 'score' {
  if (value === true) return 'favour'
  if (value === false || (kind === 'known_issue' && state !== 'closed')) return 'against'
  return 'score'
}

const SIDE_WORDS = { favour: 'In favour: ', against: 'Against: ', score: '' } as const

function EvidenceItem({ item }: { item: Evidence }) {
  const side = sideOf(item)
  const facts = [item.runtime, item.quantization, item.mode && `${item.mode} mode`, item.state, item.note]
  return (
    <li class={side}>
      <p>
        <span class="unseen">{SIDE_WORDS[side]}</span>
        {item.name}
        {item.metric === undefined ? '' : `, ${item.metric.replaceAll('_', ' ')}`}
        {item.value === undefined ? '' : `: ${valueWords(item.value)}`}
      </p>
      <p class="small muted">
        {[...facts.filter((fact) => fact !== undefined && fact !== ''), formatMonth(item.date)].join(', ')}.{' '}
        <OutLink href={item.source}>Source</OutLink>
      </p>
    </li>
  )
}

function valueWords(value: number | boolean): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return String(Math.round(value * 10) / 10)
}

function hostOf(url: string): string {
  try {
    return new URL(url).host
  } catch {
    return 'source'
  }
}

function useDetails(model: ModelRow): DetailRow | null {
  const [details, setDetails] = useState<DetailRow | null>(null)
  useEffect(() => unlessStale(loadDetails(), (table) => setDetails(table[model.id])), [model])
  return details
}
