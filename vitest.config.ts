import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    exclude: ['test/browser/**', 'test/long/**'],
    // One PostgreSQL server for the run, started when a suite first asks for it.
    globalSetup: ['test/store/postgres-server.ts'],
    // Much of the time is waiting for processes and disks, so a core has more than one to work on.
    maxWorkers: availableParallelism() + 1,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
