import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    exclude: ['test/browser/**', 'test/long/**'],
    // One PostgreSQL server for the run, started when a suite first asks for it.
    globalSetup: ['test/store/postgres-server.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
