import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const project = fileURLToPath(new URL('../../', import.meta.url))

test('a run in which a test failed ends with an exit code that says so', () => {
  const vitest = [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--config',
    'test/house/failing-run/vitest.config.ts',
  ]
  const { status, stdout } = spawnSync(process.execPath, vitest, { cwd: project, encoding: 'utf8' })
  // The test itself was reached and failed; the run did not break down for some other reason.
  expect(stdout).toMatch(/1 failed/)
  expect(status).toBe(1)
})
