import { fetchApi } from './fetch-api.js'
import { linkTo } from './page-mode.js'
import { fieldsOf, listOf, numberOf, printable, textOf } from './read-json.js'

export interface GateAnswer {
  verdict: 'allowed' | 'warned' | 'refused'
  disk_needed_bytes: number | null
  disk_free_bytes: number | null
  reasons: { code: string; message: string; overridable: boolean }[]
}

/** Asks what the gate would say, without starting anything. A string is why it could not be asked. */
export async function fetchGate(
  spec: string,
  provider: string,
  context?: number,
): Promise<GateAnswer | string> {
  const query = new URLSearchParams({ model: spec, provider })
  if (context !== undefined) query.set('context', String(context))
  const answer = await fetchApi(linkTo(`api/model/gate?${query}`))
  if (!answer.ok) return answer.message
  const fields = fieldsOf(answer.body)
  const verdict = textOf(fields['verdict'])
  return {
    verdict: verdict === 'allowed' || verdict === 'warned' ? verdict : 'refused',
    disk_needed_bytes: numberOf(fields['disk_needed_bytes']),
    disk_free_bytes: numberOf(fields['disk_free_bytes']),
    reasons: listOf(fields['reasons']).map((row) => ({
      code: textOf(row['code']) ?? '',
      message: printable(textOf(row['message']) ?? ''),
      overridable: row['overridable'] === true,
    })),
  }
}
