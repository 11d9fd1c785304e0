import { defineConfig } from 'vitest/config'

/** Tests in a real browser; `npm run test:browser` sees to it that one is installed. */
export default defineConfig({
  test: {
    include: ['test/browser/**/*.test.ts'],
    // Databases with their tables, to be copied.
    globalSetup: ['test/store/postgres-server.ts'],
    // One browser at a time: pages in the background are slowed down by the browser, and time out.
    fileParallelism: false,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
