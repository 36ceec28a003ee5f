import type { DetectedServer, ProviderReport } from '../../providers/index.js'
import { formatGb } from '../../units.js'
import { toInstalledModel } from '../../registry/index.js'
import type { ResolveName } from '../../registry/index.js'
import { PROVIDERS } from '../../../generated/providers.js'

const HERE: readonly ProviderReport['status'][] = ['running', 'loading', 'needs_token']

/** Whether a provider is there, and why not. */
export function statusOf(report: ProviderReport) {
  const running = report.status === 'running'
  const [problem] = report.problems
  const facts = PROVIDERS.find(({ id }) => id === report.id)
  const reason = problem?.message ?? `${report.name} is not running`
  const hint = problem?.hint ?? facts?.start_hint
  return {
    available: HERE.includes(report.status),
    running,
    ...(running && !problem ? {} : { reason, ...(hint === undefined ? {} : { hint }) }),
    status: report.status,
    version: report.version,
    url: report.url,
  }
}

/** The servers that answer on this machine, the managed ones first. */
export function detectAnswer(
  reports: readonly ProviderReport[],
  detected: readonly DetectedServer[],
  selected: string | null,
) {
  const managed = reports
    .filter(({ status }) => HERE.includes(status))
    .map((report) => ({
      name: report.id,
      url: report.url,
      api_style: PROVIDERS.find(({ id }) => id === report.id)?.api_style ?? 'openai',
      status: report.status,
      models: report.models.map(({ name }) => name),
    }))
  const others = detected.map(({ id, url, api_style, status, models }) => ({
    name: id,
    url,
    api_style,
    status,
    models,
  }))
  const providers = [...managed, ...others].map((row) => ({
    ...row,
    port: portOf(row.url),
    model_count: row.models.length,
  }))
  const running = providers.filter(({ status }) => status === 'running')
  const active = running.find(({ name }) => name === selected) ?? running[0]
  return { providers, active: active?.name ?? null, count: providers.length }
}

function portOf(url: string): number {
  const { port, protocol } = new URL(url)
  return port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port)
}

/** Every model of every provider, as the providers spell them; embedding models are marked. */
export function availableAnswer(reports: readonly ProviderReport[], resolve: ResolveName) {
  const models = reports.flatMap((report) =>
    report.models.map((model) => {
      const row = toInstalledModel(model, report.id, resolve)
      return {
        name: model.name,
        id: model.name,
        size: row.size_bytes === null ? 'unknown' : formatGb(row.size_bytes),
        modified: model.modified ?? '',
        provider: report.id,
        ...(report.id === 'lmstudio' ? { lmstudio_id: model.name } : {}),
        size_bytes: row.size_bytes,
        kind: row.kind,
        model: row.model,
      }
    }),
  )
  return { models, count: models.length }
}
