import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PlainError } from '../messages/plain-error.ts'
import { defaultRetry, pauseBefore, retrying } from './retry.ts'

const busy = new Error('busy')
const policy = { ...defaultRetry, attempts: 4, wait: async () => {} }

function failing(times: number, error: unknown = busy) {
  let tried = 0
  const attempt = async () => {
    if (++tried <= times) throw error
    return tried
  }
  return { attempt, tried: () => tried }
}

test('tries until it goes through', async () => {
  expect(await retrying(policy, (error) => error === busy, failing(3).attempt)).toBe(4)
})

test('gives up in plain words, with the cause kept', async () => {
  const task = failing(4)
  const given = await retrying(policy, (error) => error === busy, task.attempt).catch(
    (error: unknown) => error,
  )
  expect(given).toEqual(new PlainError('chat:busy'))
  expect((given as PlainError).cause).toBe(busy)
  expect(task.tried()).toBe(4)
})

test('does not try again what would fail again', async () => {
  const task = failing(1, new Error('wrong'))
  await expect(retrying(policy, (error) => error === busy, task.attempt)).rejects.toThrow('wrong')
  expect(task.tried()).toBe(1)
})

test('a pause is never longer than a quarter of a second nor shorter than half of its longest', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1000 }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      (attempt, random) => {
        const longest = Math.min(250, 5 * 2 ** attempt)
        const pause = pauseBefore(attempt, () => random)
        expect(pause).toBeGreaterThanOrEqual(longest / 2)
        expect(pause).toBeLessThanOrEqual(longest)
      },
    ),
  )
})
