import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isDay } from '../../../timers/calendar/day.ts'
import { parseDecisions } from './parse-decisions.ts'
import { parseRules } from './rules-review.ts'

describe('decisions, one a line', () => {
  test('what, who, until when; semicolons of either width, empty lines, days as people write them', () => {
    expect(parseDecisions('落实经费；王　强；4月30日\n\n 联系园区; 李四 ;2026-05-20 ', '2026-04-15')).toEqual(
      [
        { text: '落实经费', owner: '王强', due: '2026-04-30' },
        { text: '联系园区', owner: '李四', due: '2026-05-20' },
      ],
    )
    // A day without a year is the next one after the meeting.
    expect(parseDecisions('一；二；1月5日', '2026-12-15')).toMatchObject([{ due: '2027-01-05' }])
    expect(parseDecisions(' \n', '2026-04-15')).toEqual([])
  })

  test.each([
    ['落实经费', 'planning:duty.decision-line', 1],
    ['a；b；4月30日\n；李四；5月1日', 'planning:duty.decision-line', 2],
    ['a；b；没日子', 'planning:duty.decision-day', 1],
    ['a；b；2026-04-01', 'planning:duty.decision-early', 1],
    ['a；b；4月30日；多了', 'planning:duty.decision-line', 1],
  ])('%j is refused with its line', (typed, key, line) => {
    expect(() => parseDecisions(typed, '2026-04-15')).toThrow(
      expect.objectContaining({ key, values: expect.objectContaining({ line }) }),
    )
  })

  test('whatever is typed is read or refused, and what is read is due from the meeting on', () => {
    const piece = fc.constantFrom(
      '；',
      ';',
      '\n',
      '王强',
      '4月30日',
      '2026-05-01',
      ' ',
      '昨天',
      'x',
      '2月29日',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        let read: ReturnType<typeof parseDecisions> = []
        try {
          read = parseDecisions(pieces.join(''), '2026-04-15')
        } catch (error) {
          expect(error).toMatchObject({ key: expect.stringMatching(/^planning:duty\.decision-/) })
        }
        for (const { text, owner, due } of read) {
          expect([text, owner]).not.toContain('')
          expect(isDay(due) && due >= '2026-04-15').toBe(true)
        }
      }),
      { numRuns: 300 },
    )
  })
})

describe('rules, one a line', () => {
  test('name, how it was found, a note; without a word it is in force', () => {
    expect(parseRules('《科协章程》\n经费办法；待修订；标准已调；需上会\n评优办法;missing')).toEqual([
      { title: '科协章程', finding: 'in-force', note: '' },
      { title: '经费办法', finding: 'to-change', note: '标准已调；需上会' },
      { title: '评优办法', finding: 'missing', note: '' },
    ])
  })

  test.each(['章程；不知道', '；现行', '长'.repeat(201)])('%j is refused', (typed) => {
    expect(() => parseRules(`好；现行\n${typed}`)).toThrow(
      expect.objectContaining({ key: 'planning:duty.rule-line', values: { line: 2, most: 200 } }),
    )
  })
})
