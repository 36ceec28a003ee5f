/** Which catalog model a provider's name means; `resolveName` of src/names with its index filled in. */
export type ResolveName = (name: string) => NameMeaning

export interface NameMeaning {
  model: string | null
  quantization: string | null
  confidence: 'exact' | 'likely' | 'none'
  kind: 'chat' | 'embedding' | 'unknown'
}
