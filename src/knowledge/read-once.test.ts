import { expect, test } from 'vitest'
import { readOnce } from './read-once.ts'

test('a text is read once by each reader; what cannot be read is tried again', () => {
  const [one, other] = [{}, {}]
  let reads = 0
  const read = () => ({ read: ++reads })
  const first = readOnce(one, 'kinds: []', read)
  expect(readOnce(one, 'kinds: []', read)).toBe(first)
  expect(readOnce(one, 'kinds: [a]', read)).toEqual({ read: 2 })
  expect(readOnce(other, 'kinds: []', read)).toEqual({ read: 3 })
  const broken = () => {
    throw new Error('broken')
  }
  expect(() => readOnce(one, 'kinds: [', broken)).toThrow('broken')
  expect(readOnce(one, 'kinds: [', read)).toEqual({ read: 4 })
  expect(
    readOnce(one, '', () => undefined),
    'even nothing is an outcome',
  ).toBe(undefined)
  expect(readOnce<unknown>(one, '', read)).toBe(undefined)
})
