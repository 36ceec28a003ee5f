import type { Providers } from '../providers/index.js'

/** What an install needs of Ollama. */
export type OllamaPuller = Pick<Providers['ollama'], 'pull' | 'list'>

/** What an install needs of LM Studio. */
export type LmStudioDownloader = Pick<Providers['lmstudio'], 'startDownload' | 'downloadStatus' | 'list'>
