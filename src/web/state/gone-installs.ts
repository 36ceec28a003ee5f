import { signal } from '@preact/signals'
import type { InstallJob } from './install-job.js'
import { installedBuilds, installedModels, relistInstalled } from './installed.js'

/** Installs that are done, whose model only the next list can show. */
const unlisted = signal<ReadonlySet<string>>(new Set())

/** Asks for the list that has the model of an install which is done. */
export async function relist(id: string): Promise<void> {
  unlisted.value = new Set([...unlisted.peek(), id])
  await relistInstalled()
  unlisted.value = new Set([...unlisted.peek()].filter((each) => each !== id))
}

/**
 * Whether the model of a finished install was removed since. Only Ollama lists models by the name that they
 * are installed by; what became of the others is not known.
 */
export function isGone({ id, status, provider, model, name }: InstallJob): boolean {
  const models = installedModels.value
  if (status !== 'done' || provider !== 'ollama' || models === null) return false
  if (unlisted.value.has(id) || installedBuilds.value.has(model)) return false
  return !models.some((each) => each.provider === provider && each.name === name)
}
