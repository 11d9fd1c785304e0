import fc from 'fast-check'
import { expect, test } from 'vitest'
import { shuffled } from '../answering/ballot.ts'
import { both, type Question } from '../definition/definition.ts'
import { tallyOf } from './tally.ts'

const question = (name: string, type: Question['type'], options: string[] = []): Question => ({
  ...{ name, type, label: both(name), hint: both(''), required: false, options: options.map(both) },
  ...{ least: null, most: null },
})
const options = ['甲', '乙', '丙']
const questions = [
  question('one', 'select', options),
  question('some', 'multi-select', options),
  question('yes', 'checkbox'),
  question('figure', 'number'),
  question('text', 'text'),
]
const answer = fc.record(
  {
    one: fc.constantFrom(...options),
    some: fc.subarray(options, { minLength: 1 }),
    yes: fc.constantFrom('yes', 'no'),
    figure: fc.integer({ min: -1000, max: 1000 }),
    text: fc.string({ minLength: 1, maxLength: 5 }),
  },
  { requiredKeys: [] },
)

test('the tally is what a plain counting gives, in whatever order the answers came', () => {
  fc.assert(
    fc.property(fc.array(answer, { maxLength: 30 }), (answers) => {
      const [one, some, yes, figure, text] = tallyOf(questions, answers, (_, value) => String(value))
      for (const [n, option] of options.entries()) {
        expect(one?.options[n]?.count).toBe(answers.filter((given) => given.one === option).length)
        expect(some?.options[n]?.count).toBe(answers.filter((given) => given.some?.includes(option)).length)
      }
      const said = answers.filter((given) => given.yes !== undefined)
      expect(yes?.options[0]?.share).toBeCloseTo(
        said.length === 0 ? 0 : said.filter((given) => given.yes === 'yes').length / said.length,
      )
      const figures = answers.flatMap((given) => given.figure ?? [])
      expect(figure?.numbers?.least ?? null).toBe(figures.length === 0 ? null : Math.min(...figures))
      const below = figures.filter((value) => value <= (figure?.numbers?.median ?? 0)).length
      expect(below * 2).toBeGreaterThanOrEqual(figures.length)
      if (figures.length > 0) {
        const sum = figures.reduce((all, value) => all + value, 0)
        expect((figure?.numbers?.mean ?? 0) * figures.length).toBeCloseTo(sum)
      }
      expect(text?.texts).toHaveLength(answers.filter((given) => given.text !== undefined).length)
      const again = tallyOf(questions, shuffled(answers), (_, value) => String(value))
      expect(again.map(({ options: counted, numbers }) => [counted, numbers?.median])).toEqual(
        [one, some, yes, figure, text].map((tally) => [tally?.options, tally?.numbers?.median]),
      )
    }),
    { numRuns: 60 },
  )
})
