import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { harmlessText } from './harmless-text.ts'

describe('harmlessText', () => {
  it('takes out what steers a terminal or the direction of writing', () => {
    expect(harmlessText('a\u001b[31mred\u0007\u202Eevil\u2066x')).toBe('a[31mredevilx')
  })

  it('replaces half a surrogate pair and keeps whole emoji with their joiners', () => {
    expect(harmlessText('\ud83d 👩‍👩‍👧 👍🏽')).toBe('\ufffd 👩‍👩‍👧 👍🏽')
  })

  it('makes every line end a line feed', () => {
    expect(harmlessText('a\r\nb\rc\u2028d')).toBe('a\nb\nc\nd')
  })

  it('leaves nothing to take out the second time, and gives valid Unicode', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const once = harmlessText(text)
        expect(harmlessText(once)).toBe(once)
        expect(once.isWellFormed()).toBe(true)
      }),
    )
  })
})
