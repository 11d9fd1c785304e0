import { afterEach, expect, test, vi } from 'vitest'
import { surroundings } from './surroundings.ts'

const found = surroundings()
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllEnvs()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
  expect(surroundings()).toEqual(found)
})

test.each<[string, () => unknown]>([
  ['a setting', () => vi.stubEnv('DATA_DIR', '/tmp/other')],
  ['timers', () => vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })],
  ['the clock', () => vi.useFakeTimers({ toFake: ['Date'] })],
  ['a function of everybody', () => vi.stubGlobal('fetch', () => undefined)],
  ['a folder', () => vi.spyOn(process, 'cwd').mockReturnValue('/')],
  ['chance', () => vi.spyOn(Math, 'random').mockReturnValue(0)],
])('%s that a test file leaves changed is noticed', (_, change) => {
  change()
  expect(surroundings()).not.toEqual(found)
})
