import { describe, expect, it } from 'vitest'
import { displayWidth, padToWidth } from './display-width.ts'

describe('displayWidth', () => {
  it.each([
    ['abc', 3],
    ['科协', 4],
    ['（十）', 6],
    ['👍', 2],
    ['👩‍👩‍👧', 2],
    ['é', 1],
    ['e\u0301', 1],
    ['\u200b', 0],
    ['', 0],
  ])('%s takes %i columns', (text, width) => {
    expect(displayWidth(text)).toBe(width)
  })

  it('pads by columns, not by characters', () => {
    expect(padToWidth('科协', 6)).toBe('科协  ')
    expect(padToWidth('科协', 3)).toBe('科协')
  })
})
