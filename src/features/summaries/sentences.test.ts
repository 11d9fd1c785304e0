import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import { readOutline } from './outline.ts'
import { sentenceOf, weave } from './sentences.ts'

const { words } = readOutline('knowledge')
const allowed = new Set(words['zh-CN'])
const facts = [
  { number: 1, text: '收到合理化建议 12 件' },
  { number: 2, text: '采纳合理化建议 5 件' },
]
const byRules = '收到合理化建议 12 件，采纳合理化建议 5 件。'

describe('what a model writes around facts', () => {
  test('stays where it is listed words and commas', () => {
    expect(weave(facts, ['围绕重点工作，⟦1⟧，其中⟦2⟧'], allowed, 'zh-CN')).toBe(
      '围绕重点工作，收到合理化建议 12 件，其中采纳合理化建议 5 件。',
    )
    expect(weave(facts, ['⟦2⟧。'], allowed, 'zh-CN')).toBe('采纳合理化建议 5 件。收到合理化建议 12 件。')
  })

  test.each([
    ['a figure', '⟦1⟧，⟦2⟧，采纳率 42%。'],
    ['a Chinese numeral', '⟦1⟧，三分之一已采纳。'],
    ['a full-width figure', '⟦1⟧，同比增加２件。'],
    ['a name', '在王小明带动下，⟦1⟧。'],
    ['a comparison', '⟦1⟧，大幅增长。'],
    ['a fact that is none', '⟦1⟧，⟦7⟧。'],
    ['a fact twice', '⟦1⟧，⟦1⟧。'],
    ['no fact', '扎实推进各项工作。'],
    ['figures that touch', '⟦1⟧⟦2⟧。'],
    ['another bracket', '⟦⟦1⟧⟧'],
    ['a link', '⟦1⟧ http://a.example'],
  ])('is dropped with %s', (_, sentence) => {
    expect(weave(facts, [sentence], allowed, 'zh-CN')).toBe(byRules)
  })

  test.each([
    ['zh-CN', '⟦1⟧，目前均已完成'],
    ['zh-CN', '⟦1⟧，各项工作持续推进'],
    ['zh-CN', '⟦1⟧，各单位积极开展，⟦2⟧'],
    ['zh-CN', '目前均已落实，⟦1⟧'],
    ['en', '⟦1⟧, and these have been carried out by the staff'],
    ['en', '⟦1⟧, the problems besides, ⟦2⟧'],
  ] as const)('is dropped where it tells an outcome, %s: %s', (language, sentence) => {
    expect(weave(facts, [sentence], new Set(words[language]), language)).toBe(
      language === 'en' ? `${byRules.slice(0, -1).replace('，', '; ')}.` : byRules,
    )
  })

  test('can never tell an outcome with the words of the list', () => {
    const outcomes = [
      '完成',
      '解决',
      '落实',
      '办理',
      '全部',
      '均',
      '已',
      '都',
      '实现',
      '取得',
      '显著',
      '成功',
    ]
    const english = [
      'done',
      'solved',
      'completed',
      'carried',
      'all',
      'have',
      'has',
      'been',
      'successfully',
      'were',
    ]
    for (const one of outcomes) {
      expect(weave(facts, [`${one}，⟦1⟧`, `目前${one}，⟦2⟧`], allowed, 'zh-CN'), one).toBe(byRules)
    }
    for (const one of english) {
      const rest = weave([facts[0]!], [`${one} in this period, ⟦1⟧`], new Set(words.en), 'en')
      expect(rest, one).toBe(`${facts[0]!.text}.`)
    }
    const word = fc.constantFrom(...words['zh-CN'], '，', '⟦1⟧', '⟦2⟧')
    fc.assert(
      fc.property(fc.array(word, { maxLength: 9 }), (pieces) => {
        const text = weave(facts, [pieces.join('')], allowed, 'zh-CN')
        const own = facts.reduce((rest, fact) => rest.replace(fact.text, '⟦⟧'), text)
        expect(own).not.toMatch(new RegExp(outcomes.join('|'), 'u'))
        // Behind a fact stands nothing that could be said of it.
        expect(own).toMatch(/⟦⟧[，。；]?(其中|同时|此外|并|还|也|以及|[，。])*⟦⟧。$/u)
      }),
    )
  })

  test('in English', () => {
    const english = [{ number: 1, text: '4 trainings were held' }]
    const known = new Set(words.en)
    expect(weave(english, ['Besides, ⟦1⟧'], known, 'en')).toBe('Besides, 4 trainings were held.')
    expect(weave(english, ['Led by Wang, ⟦1⟧'], known, 'en')).toBe('4 trainings were held.')
  })

  test('whatever it is: each fact stands there once, and no figure or name beside them', () => {
    const fact = fc.record({ verb: fc.constantFrom('收到', '举办', '走访'), figure: fc.integer({ min: 1 }) })
    const piece = fc.oneof(
      fc.constantFrom(
        '围绕',
        '工作',
        '，',
        '。',
        '⟦1⟧',
        '⟦2⟧',
        '⟦3⟧',
        '⟦01⟧',
        '⟦',
        '⟧',
        '九',
        '万',
        '％',
        '王明',
      ),
      fc.integer().map(String),
      fc.string({ unit: 'grapheme' }),
    )
    const sentence = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''))
    fc.assert(
      fc.property(
        fc.array(fact, { maxLength: 3 }),
        fc.array(sentence, { maxLength: 5 }),
        (given, written) => {
          const known = given.map(({ verb, figure }, at) => ({
            number: at + 1,
            text: `${verb}甲${at} ${figure} 件`,
          }))
          let rest = weave(known, written, allowed, 'zh-CN')
          for (const { text } of known) {
            expect(rest.split(text)).toHaveLength(2)
            rest = rest.replace(text, '，')
          }
          expect(rest).not.toMatch(/[\p{N}〇一二三四五六七八九十百千万亿%％⟦⟧]|王明/u)
        },
      ),
      { numRuns: 500 },
    )
  })
})

test('without facts there is no sentence', () => {
  expect(sentenceOf([], 'zh-CN')).toBe('')
})

describe('an outline', () => {
  const outline = (fact: string) =>
    `sections:\n  - key: a\n    heading: { zh-CN: 甲, en: A }\n    facts:\n      - ${fact}`
  test.each([
    [
      'a measure that nobody counts',
      '{ measure: plan.liked, unit: {zh-CN: 项, en: i}, text: {zh-CN: "{{figure}}", en: "{{figure}}"} }',
      'sections.0.facts.0.measure',
    ],
    [
      'a sentence without its figure',
      '{ measure: plan.due, unit: {zh-CN: 项, en: i}, text: {zh-CN: 很多, en: many} }',
      'sections.0.facts.0.text',
    ],
    ['a broken file', '{', 'YAML'],
  ])('with %s is refused with its place', (_, fact, place) => {
    const folder = mkdtempSync(join(tmpdir(), 'outline-'))
    mkdirSync(join(folder, 'summaries'))
    writeFileSync(join(folder, 'summaries', 'outline.yaml'), outline(fact))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    expect(() => readOutline(folder)).toThrow(
      expect.objectContaining({ values: { file: 'outline.yaml', place } }),
    )
  })
})
