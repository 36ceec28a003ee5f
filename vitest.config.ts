import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    globalSetup: ['test/web/global-setup.ts'],
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    testTimeout: 20_000,
    // What is waited for comes when it comes: a slow machine makes a test slow, and never red.
    expect: { poll: { timeout: 30_000, interval: 50 } },
    // A golden file that is missing fails everywhere, not only where CI is set: `vitest -u` writes it.
    update: 'none',
  },
})
