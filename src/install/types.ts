/** What an install reports, one object a line with `--json`, one event each over HTTP. */
export type InstallEvent =
  | {
      type: 'start'
      model: string
      quantization: string | null
      provider: InstallProvider
      total_bytes: number | null
    }
  | {
      type: 'progress'
      phase: ProgressPhase
      completed_bytes: number
      total_bytes: number | null
      bytes_per_second: number | null
      /** Which of several files is at work, from 1; absent where there is one. */
      part?: number
      parts?: number
    }
  | { type: 'notice'; message: string }
  | { type: 'done'; provider: InstallProvider; path?: string; bytes?: number; sha256?: string; name?: string }

export type ProgressPhase = 'downloading' | 'verifying' | 'importing'

export type InstallProvider = 'ollama' | 'lmstudio' | 'file'

export const INSTALL_PROVIDERS = ['ollama', 'lmstudio', 'file'] as const

export type Report = (event: InstallEvent) => void

/** One file of a Hugging Face repository, as the hub announces it. */
export interface HubFile {
  repo: string
  /** Path below the repository's root. */
  name: string
  url: string
  bytes: number
  /** 64 lower-case hex digits. */
  sha256: string
}

/** Where the hub is and who asks. */
export interface Hub {
  /** Origin, and path where it has one, without a trailing slash. */
  endpoint: string
  token: string | undefined
}
