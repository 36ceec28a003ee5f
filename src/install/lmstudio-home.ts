import { existsSync, readFileSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'

/**
 * LM Studio's own folder where it is not the usual `~/.lmstudio`: the one that `~/.lmstudio-home-pointer` names,
 * which LM Studio and its `lms` tool read at start, else the legacy one. `null`: the usual.
 *
 * Source: the `lmstudio` module of nixpkgs, which names the pointer file and both folders.
 */
export function movedLmStudioHome(home: string): string | null {
  const pointed = readPointer(join(home, '.lmstudio-home-pointer'))
  if (pointed !== null && isAbsolute(pointed) && existsSync(pointed)) return pointed
  const old = join(home, '.cache', 'lm-studio')
  return !existsSync(join(home, '.lmstudio')) && existsSync(old) ? old : null
}

function readPointer(path: string): string | null {
  try {
    return readFileSync(path, 'utf8').split('\n')[0]?.trim() ?? null
  } catch {
    return null
  }
}
