import type { Rule } from '../sources.js'

/** Exactly one build of a model is offered first. */
export const buildDefault: Rule = {
  ids: ['build/default'],
  check(sources, report) {
    for (const entry of sources.models) {
      const builds = entry.data.builds ?? []
      const marked = builds.flatMap((build, index) => (build.default === true ? [index] : []))
      const [first, second] = marked
      if (builds.length > 0 && first === undefined)
        report({
          rule: 'build/default',
          entry,
          path: ['builds'],
          target: 'key',
          message: 'no build is the default',
          hint: 'add "default: true" to one build, mostly Q4_K_M',
        })
      if (first !== undefined && second !== undefined)
        report({
          rule: 'build/default',
          entry,
          path: ['builds', second, 'default'],
          message: `a second build is the default; the first is ${builds[first]?.quantization ?? ''}`,
          hint: 'keep "default: true" at one build only',
        })
    }
  },
}
