import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import house from '../../../vitest.config.ts'

/** As `npm test`, but with the one test that fails. */
export default defineConfig({
  root: fileURLToPath(new URL('../../../', import.meta.url)),
  test: { ...house.test, include: ['test/house/failing-run/fails.ts'] },
})
