import fc from 'fast-check'
import { expect, test } from 'vitest'
import { both, type Question } from '../definition/definition.ts'
import { type Answer, fewest, tallyOf } from './tally.ts'
import { tallyUnits } from './tally-units.ts'

const options = ['甲', '乙', '丙']
const question = (name: string, type: Question['type']): Question => ({
  ...{ name, type, label: both(name), hint: both(''), required: false, options: options.map(both) },
  ...{ least: null, most: null },
})
const questions = [
  question('one', 'select'),
  question('some', 'multi-select'),
  question('figure', 'number'),
  question('words', 'text'),
]
const given = fc.record({
  organisation: fc.constantFrom('a', 'b', 'c', 'd', null),
  values: fc.record(
    {
      one: fc.constantFrom(...options),
      some: fc.subarray(options, { minLength: 1 }),
      figure: fc.integer({ min: 0, max: 100 }),
      words: fc.constant('词'),
    },
    { requiredKeys: [] },
  ) as fc.Arbitrary<Answer>,
})
type Given = { organisation: string | null; values: Answer }

/** What anybody can work out: how many answers, in all and of a question, stand behind no unit that is shown. */
function leftOf(all: readonly Given[]) {
  const units = tallyUnits(questions, all)
  const whole = tallyOf(
    questions,
    all.map(({ values }) => values),
    () => '词',
  )
  const left = questions.map(({ name }, at) => {
    const shown = units.flatMap(
      ({ questions: theirs }) => theirs.find((one) => one.name === name)?.answered ?? [],
    )
    return { shown, left: whole[at]!.answered - shown.reduce((sum, count) => sum + count, 0) }
  })
  const shown = units.map(({ answers }) => answers)
  return {
    units,
    whole,
    parts: [{ shown, left: all.length - shown.reduce((sum, n) => sum + n, 0) }, ...left],
  }
}

test('no unit of fewer than five is shown, nor left by taking those shown from all, by unit or by question', () => {
  fc.assert(
    fc.property(fc.array(given, { maxLength: 60 }), (all) => {
      const { units, parts } = leftOf(all)
      for (const { shown, left } of parts) {
        expect(shown.every((count) => count >= fewest)).toBe(true)
        if (shown.length > 0) expect(left === 0 || left >= fewest).toBe(true)
      }
      for (const { organisation, answers, share, questions: theirs } of units) {
        const own = all.filter((one) => one.organisation === organisation)
        expect(answers).toBe(own.length)
        expect(share * all.length).toBeCloseTo(own.length)
        expect(theirs.flatMap(({ texts }) => texts)).toEqual([])
        for (const { name, options: counted } of theirs) {
          if (name !== 'one') continue
          for (const { value, count } of counted) {
            expect(count).toBe(own.filter(({ values }) => values.one === value).length)
          }
        }
      }
    }),
    { numRuns: 150 },
  )
})

test('the order in which answers came says nothing, and many of a unit are shown', () => {
  fc.assert(
    fc.property(fc.array(given, { maxLength: 40 }), (all) => {
      expect(tallyUnits(questions, all.toReversed())).toEqual(tallyUnits(questions, all))
    }),
    { numRuns: 60 },
  )
  const of = (organisation: string | null, count: number) =>
    Array.from({ length: count }, () => ({ organisation, values: { one: '甲' } }))
  const shown = (all: Given[]) => tallyUnits(questions, all).map(({ organisation }) => organisation)
  expect(shown([...of('a', 6), ...of('b', 5)])).toEqual(['a', 'b'])
  // Two of c would be what is left: b is not shown either.
  expect(shown([...of('a', 6), ...of('b', 5), ...of('c', 2)])).toEqual(['a'])
  expect(shown([...of('a', 6), ...of('b', 5), ...of('c', 2), ...of(null, 3)])).toEqual(['a', 'b'])
  expect(shown([...of('a', 4), ...of(null, 9)])).toEqual([])
})
