import type { ModelRow } from '../../catalog/index.js'

const WORDS = {
  verified: 'Tools verified',
  compatible: 'Tools compatible',
  experimental: 'Tools experimental',
} as const

/** How reliably a model calls tools: always an icon and a word. */
export function TierBadge({ model }: { model: Pick<ModelRow, 'tier' | 'tools' | 'kind'> }) {
  if (model.kind === 'embedding') return <span class="tier none">Embedding model</span>
  if (model.tools === false && model.tier === 'experimental')
    return <span class="tier none">No tool calling</span>
  return (
    <span class={`tier ${model.tier}`}>
      <svg viewBox="0 0 14 14" width="14" height="14" aria-hidden="true" fill="none" stroke="currentColor">
        <circle
          cx="7"
          cy="7"
          r="5.6"
          stroke-width="1.6"
          {...(model.tier === 'experimental' ? { 'stroke-dasharray': '2.2 2.2' } : {})}
        />
        {model.tier === 'verified' && <path d="M4.4 7.2 6.3 9l3.3-3.8" stroke-width="1.6" />}
        {model.tier === 'compatible' && <path d="M4.4 7h5.2" stroke-width="1.8" />}
      </svg>
      {WORDS[model.tier]}
    </span>
  )
}
