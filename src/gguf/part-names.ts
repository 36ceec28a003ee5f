import { badFile } from './bad-file.js'
import { LIMITS } from './limits.js'

const SPLIT = /^(.*)-(\d{5})-of-(\d{5})\.gguf$/i

/**
 * Names of all parts of a split file, given any of them; the name itself where it is not split.
 *
 * @throws {AlmanacError} `BAD_FILE` beyond 500 parts.
 * @example partNames('m-00002-of-00002.gguf') // ['m-00001-of-00002.gguf', 'm-00002-of-00002.gguf']
 */
export function partNames(name: string): string[] {
  const [, stem = '', part, parts] = SPLIT.exec(name) ?? []
  if (part === undefined || Number(part) < 1 || Number(part) > Number(parts)) return [name]
  const count = Number(parts)
  if (count > LIMITS.parts) throw badFile(`no model has ${count} parts`)
  const ending = name.slice(-'.gguf'.length)
  const five = (number: number): string => String(number).padStart(5, '0')
  return Array.from({ length: count }, (_, index) => `${stem}-${five(index + 1)}-of-${five(count)}${ending}`)
}
