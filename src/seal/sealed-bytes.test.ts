import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openBytes, sealBytes } from './sealed-bytes.ts'

const key = fc.uint8Array({ minLength: 32, maxLength: 32 })
const content = fc.uint8Array({ maxLength: 3000 })

describe('the bytes of a file', () => {
  test('come back as they were, under their own key alone', () => {
    fc.assert(
      fc.property(key, key, content, (own, other, bytes) => {
        fc.pre(Buffer.compare(own, other) !== 0)
        const sealed = sealBytes(own, bytes)
        expect(Buffer.compare(openBytes(own, sealed), bytes)).toBe(0)
        expect(() => openBytes(other, sealed)).toThrow()
      }),
    )
  })

  test('are refused where one bit is altered, wherever it lies', () => {
    fc.assert(
      fc.property(key, content, fc.nat(), fc.nat(7), (own, bytes, at, bit) => {
        const sealed = Uint8Array.from(sealBytes(own, bytes))
        sealed[at % sealed.length]! ^= 1 << bit
        expect(() => openBytes(own, sealed)).toThrow()
      }),
    )
  })

  test('are refused where something is cut off, or put behind', () => {
    fc.assert(
      fc.property(key, content, fc.nat(), fc.uint8Array({ minLength: 1 }), (own, bytes, at, more) => {
        const sealed = sealBytes(own, bytes)
        expect(() => openBytes(own, sealed.subarray(0, at % sealed.length))).toThrow()
        expect(() => openBytes(own, Buffer.concat([sealed, more]))).toThrow()
      }),
    )
  })

  test('are refused where pieces are exchanged, within one file or between two', () => {
    const size = 64
    const whole = fc.uint8Array({ minLength: 4 * size, maxLength: 8 * size })
    fc.assert(
      fc.property(key, whole, whole, fc.nat(), fc.nat(), (own, bytes, others, from, to) => {
        const sealed = sealBytes(own, bytes)
        const pieceOf = (file: Uint8Array, at: number) =>
          Uint8Array.from(file.subarray((at % 4) * size, ((at % 4) + 1) * size))
        const swapped = Uint8Array.from(sealed)
        swapped.set(pieceOf(sealed, from), (to % 4) * size)
        swapped.set(pieceOf(sealed, to), (from % 4) * size)
        if (Buffer.compare(swapped, sealed) !== 0) expect(() => openBytes(own, swapped)).toThrow()
        const mixed = Uint8Array.from(sealed)
        mixed.set(pieceOf(sealBytes(own, others), from), (from % 4) * size)
        if (Buffer.compare(mixed, sealed) !== 0) expect(() => openBytes(own, mixed)).toThrow()
      }),
    )
  })

  test('come out the same each time under one key, and under another share nothing', () => {
    const [own, other] = [randomBytes(32), randomBytes(32)]
    const bytes = Buffer.alloc(5000, '夜班食堂')
    const sealed = Buffer.from(sealBytes(own, bytes))
    expect(sealed.equals(sealBytes(own, bytes))).toBe(true)
    expect(sealed.subarray(1, 13).equals(sealBytes(other, bytes).subarray(1, 13))).toBe(false)
    expect(sealed.includes('食堂')).toBe(false)
    expect(sealed.subarray(1, 13).equals(sealBytes(own, bytes.subarray(1)).subarray(1, 13))).toBe(false)
  })
})
