import type { Rule } from '../sources.js'

const SCHEMAS: readonly [RegExp, string][] = [
  [/^catalog\/models\/[^/]+\/family\.yaml$/, '../../../schema/family.schema.json'],
  [/^catalog\/models\//, '../../../schema/model.schema.json'],
  [/^catalog\/gpus\//, '../../schema/gpu.schema.json'],
  [/^catalog\/quantizations/, '../schema/quantization.schema.json'],
  [/^catalog\/tiers/, '../schema/tier.schema.json'],
  [/^catalog\/providers/, '../schema/provider.schema.json'],
  [/^catalog\/size-exceptions/, '../schema/size-exceptions.schema.json'],
]

/** Line 1 tells editors which schema to complete and underline by. */
export const schemaComment: Rule = {
  ids: ['file/schema-comment'],
  check(sources, report) {
    for (const [file, line] of sources.firstLines) {
      const schema = SCHEMAS.find(([pattern]) => pattern.test(file))?.[1]
      if (schema === undefined || line === `# yaml-language-server: $schema=${schema}`) continue
      const other = line.includes('$schema=')
      report({
        rule: 'file/schema-comment',
        severity: 'warning',
        entry: { file, positionOf: () => ({ line: 1, col: 1 }) },
        path: [],
        message: other
          ? 'line 1 names another schema'
          : 'line 1 does not name the schema, so editors cannot help',
        hint: `make line 1: # yaml-language-server: $schema=${schema}`,
      })
    }
  },
}
