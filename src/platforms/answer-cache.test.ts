import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type AnswerCache, createAnswerCache } from './answer-cache.ts'

let now: number
let failures: unknown[]
let asked: number
let cache: AnswerCache<string>
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  ;[now, failures, asked] = [0, [], 0]
  cache = createAnswerCache({
    clock: () => new Date(now),
    keptFor: 1000,
    unknownFor: 100,
    most: 2,
    patience: 50,
    failed: (error) => failures.push(error),
  })
})
afterEach(() => {
  vi.useRealTimers()
})

const get = (answer: string | null | Error = 'yes', key = 'a') =>
  cache.get(key, async () => {
    asked += 1
    if (answer instanceof Error) throw answer
    return answer
  })

test('an answer holds for its time, and is asked for once by all who want it together', async () => {
  expect(await Promise.all([get(), get('other')])).toEqual(['yes', 'yes'])
  now = 999
  expect(await get('new')).toBe('yes')
  expect(asked).toBe(1)
  now = 1000
  expect(await get('new')).toBe('new')
})

test('a refusal is null and holds for a shorter time; why is told once an hour', async () => {
  const refusal = new Error('missing_scope')
  expect(await get(refusal)).toBeNull()
  expect(await get()).toBeNull()
  now = 100
  expect(await get(refusal)).toBeNull()
  expect(failures).toEqual([refusal])
  now = 3_600_000
  expect(await get(refusal)).toBeNull()
  expect(failures).toHaveLength(2)
  now += 100
  expect(await get()).toBe('yes')
})

test('nobody waits longer than the limit, counted from the first question; what comes later is kept', async () => {
  const late = Promise.withResolvers<string>()
  const first = cache.get('a', () => late.promise)
  vi.advanceTimersByTime(50)
  expect(await first).toBeNull()
  expect(await get('never asked')).toBeNull()
  expect(asked).toBe(0)
  late.resolve('late')
  await cache.idle()
  expect(await get('new')).toBe('late')
})

test('the oldest answer is forgotten first', async () => {
  for (const key of ['a', 'b', 'c']) await get(key, key)
  expect(await get('again', 'a')).toBe('again')
  expect(await get('again', 'c')).toBe('c')
})
