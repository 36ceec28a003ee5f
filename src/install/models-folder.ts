import { homedir } from 'node:os'
import { join } from 'node:path'
import { PROVIDERS } from '../../generated/providers.js'
import { movedLmStudioHome } from './lmstudio-home.js'

interface World {
  env: Readonly<Record<string, string | undefined>>
  platform: string
}

/**
 * Where a provider keeps its models on this machine, as the table of providers says; `OLLAMA_MODELS` moves
 * Ollama's, a file of its own LM Studio's.
 */
export function modelsFolder(provider: 'ollama' | 'lmstudio', world: World): string {
  const moved = provider === 'ollama' ? world.env['OLLAMA_MODELS']?.trim() : undefined
  if (moved) return moved
  const lmStudio = provider === 'lmstudio' ? movedLmStudioHome(homeOf(world)) : null
  if (lmStudio !== null) return join(lmStudio, 'models')
  const folders = PROVIDERS.find(({ id }) => id === provider)?.models_directory
  const folder =
    folders?.[world.platform === 'darwin' || world.platform === 'win32' ? world.platform : 'linux']
  return join(homeOf(world), ...(folder ?? '').replace(/^~\//, '').split('/'))
}

function homeOf({ env, platform }: World): string {
  return (platform === 'win32' ? env['USERPROFILE'] : env['HOME']) || homedir()
}
