import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseDocument } from './parse-document.ts'
import type { DocumentStructure } from './render-structure.ts'
import { numberingSchemes, renderStructure } from './render-structure.ts'

const word = fc.constantFrom(
  '科协',
  '企业',
  '应当',
  '加强',
  '联络员',
  '经费',
  '活动',
  '不得',
  '100人',
  '创新',
  '管理',
)
const phrase = fc.array(word, { minLength: 2, maxLength: 8 }).map((words) => words.join(''))
const reference = fc.constantFrom(
  '依照第二十条',
  '见（三）',
  '按照第九条、第十条的规定',
  '参照3.1',
  '依据第一章',
)
const sentence = fc
  .array(fc.oneof({ weight: 3, arbitrary: phrase }, { weight: 1, arbitrary: reference }), {
    minLength: 1,
    maxLength: 3,
  })
  .map((phrases) => `${phrases.join('，')}。`)
const items = fc.constantFrom(
  '',
  '\n（1）开展活动；\n（2）落实经费。',
  '\n1.开展活动；\n2.落实经费；\n3.加强管理。',
  '\n①开展活动；\n②落实经费。',
)
// Sentences begin with a word of their own: 2第九条… or “一、二等奖” is doubtful to a human reader as well.
const clause = fc
  .tuple(phrase, fc.array(sentence, { maxLength: 3 }), items)
  .map(([first, rest, list]) => `${first}。${rest.join('')}${list}`)
const chapter = fc.record({
  heading: phrase,
  clauses: fc.array(clause, { minLength: 1, maxLength: 12 }),
})
const structure: fc.Arbitrary<DocumentStructure> = fc.record({
  title: phrase.map((words) => `关于${words}的意见`),
  preamble: fc.oneof(
    fc.constant(''),
    sentence.map((text) => `为了${text}`),
  ),
  chapters: fc.array(chapter, { minLength: 2, maxLength: 12 }),
})

describe.each(Object.entries(numberingSchemes))('numbered as in %s', (_, scheme) => {
  test('what is parsed from a rendered structure is the structure', () => {
    fc.assert(
      fc.property(structure, (document) => {
        const parsed = parseDocument(renderStructure(document, scheme), 'txt')
        let number = 0
        const expected = document.chapters.flatMap(({ heading, clauses }, index) => {
          if (!scheme.runsThrough) number = 0
          return clauses.map((text) => {
            number++
            return {
              path: [scheme.chapter(index + 1) + heading],
              text: scheme.clause(number, index + 1) + text,
              label: scheme.clause(number, index + 1).trim(),
            }
          })
        })
        const [first, ...rest] = parsed.clauses
        const clauses = document.preamble === '' ? parsed.clauses : rest
        expect(parsed.title).toBe(document.title)
        if (document.preamble !== '')
          expect(first).toMatchObject({ kind: 'preamble', text: document.preamble })
        expect(clauses.map(({ path, text, label }) => ({ path, text, label }))).toEqual(expected)
        expect(new Set(parsed.clauses.map(({ key }) => key)).size).toBe(parsed.clauses.length)
      }),
      { numRuns: 60 },
    )
  })
})
