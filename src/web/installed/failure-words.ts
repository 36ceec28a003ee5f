import type { InstallJob } from '../state/install-job.js'

/** A failure in the page's own words; null where the engine's sentence says it best. */
export function failureSentence({ code }: InstallJob): string | null {
  switch (code) {
    case 'HASH_MISMATCH':
      return 'The file arrived damaged and was deleted. Nothing was installed.'
    case 'AUTH_REQUIRED':
      return 'This model asks you to accept its licence on Hugging Face first. Then set HF_TOKEN and restart.'
    case 'CANCELLED':
      return 'The install was interrupted. What has arrived is kept.'
    default:
      return null
  }
}

/** The button that starts the same install once more. */
export function againWord({ status, code }: InstallJob): string {
  if (status === 'cancelled' || code === 'CANCELLED') return 'Resume'
  return code === 'HASH_MISMATCH' ? 'Download again' : 'Try again'
}
