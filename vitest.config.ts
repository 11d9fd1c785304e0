import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    exclude: ['test/browser/**', 'test/long/**'],
    // One PostgreSQL server for the run, started when a suite first asks for it.
    globalSetup: ['test/store/postgres-server.ts'],
    // One process runs many files, each on the modules that are loaded already: a third of the time goes into loading
    // them else. What a file changes of the process it puts back, or it fails.
    isolate: false,
    setupFiles: ['test/house/left-as-found.ts'],
    // Much of the time is waiting for processes and disks, so a core has more than one to work on.
    maxWorkers: availableParallelism() + 1,
    // Processes that tests start keep what Node made of the sources, as the command line does: half of what each loads.
    env: { NODE_COMPILE_CACHE: join(tmpdir(), 'node-compile-cache') },
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
