import { expect, test } from 'vitest'
import { createRepeatedRequests } from './repeated-requests.ts'

let now = 0
const make = () =>
  createRepeatedRequests<number>({
    clock: () => new Date(now),
    oldest: 100,
    most: 2,
    isFinal: (answer) => answer >= 0,
  })

test('a repeat gets the first answer, also while it is still being made, until the request would be too old', async () => {
  const requests = make()
  const first = Promise.withResolvers<number>()
  const given = requests.once('a', () => first.promise)
  const repeated = requests.once('a', async () => 2)
  first.resolve(1)
  expect(await Promise.all([given, repeated])).toEqual([1, 1])
  now += 199
  expect(await requests.once('a', async () => 3)).toBe(1)
  now += 1
  expect(await requests.once('a', async () => 4)).toBe(4)
})

test('what came to no end is tried again, and the oldest makes room', async () => {
  const requests = make()
  expect(await requests.once('a', async () => -1)).toBe(-1)
  expect(await requests.once('a', async () => 1)).toBe(1)
  await expect(requests.once('b', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await requests.once('b', async () => 2)).toBe(2)
  expect(await requests.once('c', async () => 3)).toBe(3)
  expect(await requests.once('b', async () => 4)).toBe(2)
  expect(await requests.once('a', async () => 5)).toBe(5)
})
