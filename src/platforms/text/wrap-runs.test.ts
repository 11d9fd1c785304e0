import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Run } from '../../chat/card.ts'
import { displayWidth } from './display-width.ts'
import { wrapRuns } from './wrap-runs.ts'

const textOf = (lines: Run[][]) => lines.map((line) => line.map((run) => run.text).join(''))

describe('wrapRuns', () => {
  it('breaks Chinese anywhere but before closing punctuation', () => {
    expect(textOf(wrapRuns([{ text: '企业科协是群众组织，服务全体科技工作者。' }], 12))).toEqual([
      '企业科协是群',
      '众组织，服务',
      '全体科技工作',
      '者。',
    ])
  })

  it('keeps Latin words whole and drops the space at a break', () => {
    expect(textOf(wrapRuns([{ text: 'an enterprise association' }], 12))).toEqual([
      'an ',
      'enterprise ',
      'association',
    ])
  })

  it('breaks a word that is longer than a line', () => {
    expect(textOf(wrapRuns([{ text: 'a'.repeat(25) }], 10))).toEqual([
      'a'.repeat(10),
      'a'.repeat(10),
      'aaaaa',
    ])
  })

  it('keeps marks over a break', () => {
    const lines = wrapRuns([{ text: '前' }, { text: '重点重点', mark: true }], 6)
    expect(lines.map((line) => line.map((run) => [run.text, run.mark ?? false]))).toEqual([
      [
        ['前', false],
        ['重点', true],
      ],
      [['重点', true]],
    ])
  })

  it('loses nothing but white space and never exceeds the width', () => {
    const text = fc.string({
      unit: fc.constantFrom('科', '技', '，', '。', '（', 'a', 'B', '3', ' ', '\n', '👍'),
    })
    fc.assert(
      fc.property(fc.array(text), fc.integer({ min: 2, max: 30 }), (texts, width) => {
        const lines = textOf(
          wrapRuns(
            texts.map((text) => ({ text })),
            width,
          ),
        )
        expect(lines.join('').replace(/\s/g, '')).toBe(texts.join('').replace(/\s/g, ''))
        for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width)
      }),
    )
  })
})
