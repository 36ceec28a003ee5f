/** Says where a value breaks a shape of wire-contract.json; empty where it has it. Extra fields are fine. */
export function findBreaches(shape: unknown, value: unknown, path = 'body'): string[] {
  if (typeof shape === 'string') {
    const type = value === null ? 'null' : typeof value
    return shape.split('|').includes(type) ? [] : [`${path} is ${type}, not ${shape}`]
  }
  if (Array.isArray(shape)) {
    if (!Array.isArray(value)) return [`${path} is no list`]
    return value.flatMap((item, index) => findBreaches(shape[0], item, `${path}[${index}]`))
  }
  if (!isRecord(shape)) return [`${path}: the shape itself is wrong`]
  if (Array.isArray(shape['any_of'])) {
    const tries = shape['any_of'].map((each) => findBreaches(each, value, path))
    return tries.some((breaches) => breaches.length === 0) ? [] : (tries[0] ?? [])
  }
  if (!isRecord(value)) return [`${path} is no object`]
  if ('*' in shape)
    return Object.entries(value).flatMap(([key, item]) => findBreaches(shape['*'], item, `${path}.${key}`))
  return Object.entries(shape).flatMap(([key, member]) => {
    const name = key.replace(/\?$/, '')
    if (!(name in value)) return key.endsWith('?') ? [] : [`${path}.${name} is missing`]
    return findBreaches(member, value[name], `${path}.${name}`)
  })
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
