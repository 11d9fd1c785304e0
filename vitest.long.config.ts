import { defineConfig } from 'vitest/config'

/** Long counts: fuzzing, kill matrices, soak. `npm test` shows in minutes what these confirm in an hour. */
export default defineConfig({
  test: {
    include: ['test/long/**/*.test.ts'],
    globalSetup: ['test/store/postgres-server.ts'],
    testTimeout: 3_600_000,
    hookTimeout: 60_000,
  },
})
