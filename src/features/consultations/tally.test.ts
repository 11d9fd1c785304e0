import fc from 'fast-check'
import { expect, test } from 'vitest'
import { halves, type Said, saidIn, together } from './said.ts'
import { leastTogether, shownUnits, tally } from './tally.ts'

const questions = [
  { text: '是否立项？', choices: ['同意', '不同意', '弃权'] },
  { text: '有哪些风险？', choices: [] },
  { text: '先改哪条？', choices: ['一', '二'] },
]

const answers = fc.array(
  fc.record({
    unit: fc.constantFrom(null, 'a', 'b', 'c', 'd'),
    q0: fc.constantFrom('0', '1', '2'),
    q1: fc.constantFrom('', '工期紧', '缺人'),
    q2: fc.constantFrom('0', '1'),
    remark: fc.constantFrom('', '先试点', '经费不够'),
  }),
  { maxLength: 60 },
)
const saidBy = ({ unit, ...values }: { unit: string | null } & Record<string, string | null>): Said =>
  saidIn(questions, values, unit)

test('figures of all are those of the parts, and no figure can be worked out for one to four', () => {
  fc.assert(
    fc.property(answers, (given) => {
      const all = together(given.map(saidBy))
      const { answered, all: counts, byUnit, rest } = tally(questions, all)
      expect(answered).toBe(given.length)
      expect(counts[0]).toEqual(['0', '1', '2'].map((c) => given.filter(({ q0 }) => q0 === c).length))
      expect(counts[1]).toEqual([])
      // What is left of all when the units that are shown are taken from it.
      expect(byUnit.reduce((sum, unit) => sum + unit.answered, rest)).toBe(answered)
      expect(rest === 0 || rest >= leastTogether || byUnit.length === 0).toBe(true)
      for (const { unit, answered: theirs, counts: own } of byUnit) {
        expect(theirs).toBeGreaterThanOrEqual(leastTogether)
        expect(theirs).toBe(given.filter((one) => one.unit === unit).length)
        expect(own[0]!.reduce((sum, count) => sum + count, 0)).toBe(theirs)
      }
    }),
  )
})

test('a small unit beside large ones hides the smallest of these too', () => {
  expect(
    shownUnits(
      new Map([
        ['a', 9],
        ['b', 6],
        ['c', 5],
      ]),
    ),
  ).toEqual(['a', 'b', 'c'])
  expect(
    shownUnits(
      new Map([
        ['a', 9],
        ['b', 6],
        ['c', 2],
      ]),
    ),
  ).toEqual(['a'])
  expect(
    shownUnits(
      new Map([
        ['a', 9],
        ['b', 3],
        ['c', 3],
      ]),
    ),
  ).toEqual(['a'])
  expect(
    shownUnits(
      new Map<string | null, number>([
        ['a', 9],
        [null, 1],
      ]),
    ),
  ).toEqual([])
})

test('nothing is lost in boxes, whoever comes first, and no order is that in which they came', () => {
  const contents = ({ votes, remarks }: Said) => ({
    votes: votes.map(({ unit, chosen }) => JSON.stringify([unit, chosen])).toSorted(),
    remarks: remarks.map(({ question, text }) => JSON.stringify([question, text])).toSorted(),
  })
  fc.assert(
    fc.property(answers, fc.nat(), (given, seed) => {
      const all = given.map(saidBy)
      const turned = [...all.slice(seed % (all.length + 1)), ...all.slice(0, seed % (all.length + 1))]
      // The same answers in another order are the same text: a box cannot say who came when.
      expect(together(turned)).toEqual(together(all))
      const one = all.reduce((box, said) => together([box, said]), { votes: [], remarks: [] } as Said)
      expect(one).toEqual(together(all))
      const [before, after] = halves(one)
      expect(contents(together([before, after]))).toEqual(contents(one))
      expect(Math.abs(before.votes.length - after.votes.length)).toBeLessThanOrEqual(1)
    }),
  )
})

test('words and choices of one answer have nothing in common by which they could be put together', () => {
  const { votes, remarks } = saidIn(questions, { q0: '1', q1: '工期紧', q2: '0', remark: '先试点' }, 'a')
  expect(votes).toMatchObject([{ unit: 'a', chosen: [1, null, 0] }])
  expect(remarks.map(({ question, text }) => [question, text])).toEqual([
    [1, '工期紧'],
    [null, '先试点'],
  ])
  expect(new Set([...votes, ...remarks].map(({ id }) => id)).size).toBe(3)
  expect(Object.keys(remarks[0]!)).toEqual(['id', 'question', 'text'])
  // What is no choice is none.
  expect(saidIn(questions, { q0: '7', q2: 'x' }, null).votes[0]!.chosen).toEqual([null, null, null])
})
