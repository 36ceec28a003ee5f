import type { Providers } from '../providers/index.js'

/** What an install needs of Ollama. */
export type OllamaPuller = Pick<Providers['ollama'], 'url' | 'pull' | 'list'>

/** What an install needs of LM Studio. */
export type LmStudioDownloader = Pick<
  Providers['lmstudio'],
  'url' | 'startDownload' | 'downloadStatus' | 'list'
>
