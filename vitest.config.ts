import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    globalSetup: ['test/web/global-setup.ts'],
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    testTimeout: 20_000,
    // A golden file that is missing fails everywhere, not only where CI is set: `vitest -u` writes it.
    update: 'none',
  },
})
