import { defineConfig } from 'vitest/config'

/** Long counts: fuzzing, and how the work grows with the length of a question. */
export default defineConfig({
  test: {
    include: ['test/long/**/*.test.ts'],
    globalSetup: ['test/store/postgres-server.ts'],
    testTimeout: 3_600_000,
    hookTimeout: 60_000,
  },
})
