import { posix, win32 } from 'node:path'

type Environment = Readonly<Record<string, string | undefined>>

/** The OS's own place for an application's data. */
function dataHome(env: Environment, platform: string, home: string): string {
  if (platform === 'win32') return env['LOCALAPPDATA'] || win32.join(home, 'AppData', 'Local')
  if (platform === 'darwin') return posix.join(home, 'Library', 'Application Support')
  const xdg = env['XDG_DATA_HOME'] ?? ''
  // The XDG specification says to ignore a path that is not absolute.
  return posix.isAbsolute(xdg) ? xdg : posix.join(home, '.local', 'share')
}

/**
 * Folder of saved settings and partial downloads: `LLM_ALMANAC_HOME`, else below the OS's place for such data.
 * Nothing is created.
 *
 * @param home - The user's home directory.
 * @example almanacHome({}, 'linux', '/home/me') // '/home/me/.local/share/llm-almanac'
 */
export function almanacHome(env: Environment, platform: string, home: string): string {
  const path = platform === 'win32' ? win32 : posix
  const own = env['LLM_ALMANAC_HOME']?.trim() ?? ''
  return own === '' ? path.join(dataHome(env, platform, home), 'llm-almanac') : path.resolve(own)
}
