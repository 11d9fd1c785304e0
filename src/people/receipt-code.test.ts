import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createReceiptCode, receiptHash } from './receipt-code.ts'

test('codes have eight characters, none of which looks like another', () => {
  const codes = Array.from({ length: 500 }, createReceiptCode)
  for (const code of codes) expect(code).toMatch(/^[A-HJKMNP-Z2-9]{8}$/)
  expect(new Set(codes).size).toBe(codes.length)
})

test('a hash belongs to one number and one code, however the code is typed', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (one, other) => {
      const same = one.normalize('NFKC').toUpperCase() === other.normalize('NFKC').toUpperCase()
      expect(receiptHash('WD-2026-0001', one) === receiptHash('WD-2026-0001', other)).toBe(same)
      expect(receiptHash('WD-2026-0001', one)).not.toBe(receiptHash('WD-2026-0002', one))
    }),
  )
})
