import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { within } from './within.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

test('waits for the task, and no longer than it may', async () => {
  const task = Promise.withResolvers<void>()
  let waited = false
  const waiting = within(1000, task.promise).then(() => {
    waited = true
  })
  await vi.advanceTimersByTimeAsync(999)
  expect(waited).toBe(false)
  await vi.advanceTimersByTimeAsync(1)
  expect(waited).toBe(true)
  await waiting
})

test('leaves no timer behind, whether the task ended well or not', async () => {
  await within(1000, Promise.resolve())
  await expect(within(1000, Promise.reject(new Error('broken')))).rejects.toThrow('broken')
  expect(vi.getTimerCount()).toBe(0)
})
