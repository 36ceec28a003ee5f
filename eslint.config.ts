import tseslint from 'typescript-eslint'

/** One import wall: files in `from` may not import `forbidden`, and the linter says why. */
function wall(from: string[], forbidden: string[], why: string) {
  return {
    files: from,
    rules: {
      'no-restricted-imports': ['error', { patterns: [{ group: forbidden, message: why }] }] as [
        'error',
        { patterns: { group: string[]; message: string }[] },
      ],
    },
  }
}

const ADAPTERS = ['**/hardware/**', '**/providers/**', '**/gguf/**', '**/http/**', '**/process/**']
const USE_CASES = ['**/recommend/**', '**/registry/**', '**/install/**']
const FACES = ['**/cli/**', '**/server/**', '**/web/**']
const AUTHORING = ['yaml', 'ajv', 'ajv-formats', 'ts-morph', 'handlebars', '**/scripts/**']
const NODE = ['node:*', 'fs', 'path', 'os', 'child_process', 'http', 'https', 'crypto', 'stream']

export default tseslint.config(
  { ignores: ['dist/', 'generated/', 'coverage/'] },
  ...tseslint.configs.recommended,
  {
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      'no-restricted-syntax': [
        'error',
        {
          selector: 'ExportDefaultDeclaration',
          message: 'Named exports only: a name that can be searched for.',
        },
      ],
      'no-console': 'off',
    },
  },
  {
    files: ['src/web/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'ExportDefaultDeclaration',
          message: 'Named exports only: a name that can be searched for.',
        },
        {
          selector:
            ':matches(MemberExpression[property.name=/^(inner|outer)HTML$/], CallExpression[callee.property.name="insertAdjacentHTML"], JSXAttribute[name.name="dangerouslySetInnerHTML"])',
          message: 'Text from providers, repositories and addresses is text nodes only.',
        },
      ],
    },
  },
  { files: ['*.config.ts', 'src/web/vite.config.ts'], rules: { 'no-restricted-syntax': 'off' } },
  wall(
    ['src/catalog/**'],
    [...AUTHORING, ...NODE, ...ADAPTERS, ...USE_CASES, ...FACES, '**/memory/**', '**/names/**'],
    'catalog/ is typed look-ups over generated/ and runs in the browser.',
  ),
  wall(
    ['src/memory/**', 'src/tiers/**', 'src/names/**', 'src/speed/**'],
    [...AUTHORING, ...NODE, ...ADAPTERS, ...USE_CASES, ...FACES],
    'Pure rooms run in the browser too: no adapter, no Node built-in.',
  ),
  wall(
    ['src/hardware/**', 'src/providers/**', 'src/gguf/**', 'src/http/**', 'src/process/**'],
    [...AUTHORING, ...USE_CASES, ...FACES],
    'Adapters know nothing of use cases or faces.',
  ),
  wall(
    ['src/recommend/**'],
    [...AUTHORING, ...NODE, ...ADAPTERS, ...FACES],
    'recommend/ is pure: the web page runs the very same code.',
  ),
  wall(
    ['src/registry/**', 'src/install/**'],
    [...AUTHORING, ...FACES],
    'Use cases know nothing of the faces.',
  ),
  wall(
    ['src/cli/**', 'src/server/**', 'src/web/**', 'src/*.ts'],
    AUTHORING,
    'src/ never reads YAML: the authoring tools are devDependencies.',
  ),
  wall(['generated/**'], ['../src/**', ...NODE], 'generated/ holds data and types only.'),
)
