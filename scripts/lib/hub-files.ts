export interface HubFile {
  name: string
  bytes?: number
  sha256?: string
}

/** More than any repository of GGUF files lists. */
const MAX_FILES = 5000

/** GGUF files of the hub's answer to `…/tree/main`; what is of another shape is left out. */
export function hubFiles(answer: unknown): HubFile[] {
  if (!Array.isArray(answer)) return []
  return answer.slice(0, MAX_FILES).flatMap((item: unknown) => {
    const name = field(item, 'path')
    if (typeof name !== 'string' || !name.endsWith('.gguf') || name.length > 240) return []
    const bytes = field(item, 'size')
    const sha256 = field(field(item, 'lfs'), 'oid')
    return [
      {
        name,
        ...(typeof bytes === 'number' && Number.isSafeInteger(bytes) && bytes > 0 && { bytes }),
        ...(typeof sha256 === 'string' && /^[0-9a-f]{64}$/.test(sha256) && { sha256 }),
      },
    ]
  })
}

function field(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  return Object.entries(value).find(([key]) => key === name)?.[1]
}

/** The file that was asked for, else the first part of Q4_K_M, else of whatever comes first. */
export function pickBuild(files: readonly HubFile[], wanted: string | undefined): string | undefined {
  const names = files.map(({ name }) => name).filter((name) => !/mmproj|imatrix/i.test(name))
  if (wanted !== undefined) return names.find((name) => name === wanted)
  const starts = names
    .filter((name) => !/-\d{5}-of-\d{5}\.gguf$/.test(name) || /-00001-of-/.test(name))
    .sort()
  return starts.find((name) => /q4_k_m/i.test(name)) ?? starts[0]
}
