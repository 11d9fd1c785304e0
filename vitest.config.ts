import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    exclude: ['test/browser/**', 'test/long/**'],
    // One PostgreSQL server for the run, started when a suite first asks for it.
    globalSetup: ['test/store/postgres-server.ts'],
    // Vitest leaves one core free by default; much of the time is waiting for processes and disks, so all are used.
    maxWorkers: '100%',
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
