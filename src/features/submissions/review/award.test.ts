import { expect, test } from 'vitest'
import { tierFor } from './award.ts'

const tier = (value: string, from: number) => ({ value, from, label: { 'zh-CN': value, en: value } })
const kind = { awards: [tier('fifth', 0), tier('first', 1_000_000), tier('fourth', 10_000)] }

test('a tier begins with its very amount, in whatever order the file names them', () => {
  expect(tierFor(kind, 1_000_000)?.value).toBe('first')
  expect(tierFor(kind, 999_999.99)?.value).toBe('fourth')
  expect(tierFor(kind, 0)?.value).toBe('fifth')
})

test('no benefit, no tier', () => {
  expect(tierFor(kind, null)).toBeNull()
  expect(tierFor({ awards: [] }, 5)).toBeNull()
})
