const HUB = 'https://huggingface.co'

/**
 * Address of a file in a Hugging Face repository. Every segment is percent-encoded.
 *
 * @example fileUrl('a/b', 'Q4_K_M/x y.gguf') // 'https://huggingface.co/a/b/resolve/main/Q4_K_M/x%20y.gguf'
 */
export function fileUrl(repo: string, name: string, revision = 'main', endpoint = HUB): string {
  const path = name.split('/').map(encodeURIComponent).join('/')
  return `${endpoint}/${repo}/resolve/${encodeURIComponent(revision)}/${path}`
}
