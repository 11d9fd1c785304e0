import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Language } from '../../src/chat/language.ts'
import { findQuote, normalise } from '../../src/features/policy/compose/clause-text.ts'
import { verifyStatement } from '../../src/features/policy/compose/verify-statement.ts'
import { clauseNumber, guidelineClauses } from './guideline-clauses.ts'

const cite = (number: number, quote: string) => ({ clause: `guideline/${clauseNumber(number).key}`, quote })
const check = (text: string, evidence: { clause: string; quote: string }[], language: Language = 'zh-CN') =>
  verifyStatement({ text, evidence }, guidelineClauses, language)

const hundred = cite(10, '科技人员总数达到 100 人以上（含 100 人）、条件成熟的企业，应单独组建科协组织')
const smalls = cite(5, '鼓励开展小设计、小革新、小发明、小创造、小论文等活动')
const point = cite(12, '对未建立科协组织的企业、园区，要充分发挥科协工作联系点制度的作用')
const support = cite(
  16,
  '支持科协组织独立自主地开展活动，为企业科协开展工作创造有利条件，提供必要的经费、办公设施和场所',
)
const listen = cite(16, '企业要重视和支持科协工作，定期听取科协工作汇报')
const plan = cite(17, '要制定年度工作计划，明确工作目标，健全工作制度')

/** Statements as a good model writes them, each with its evidence. */
const chinese: [string, typeof hundred][] = [
  ['科技人员总数达到100人以上、条件成熟的企业，应单独组建科协组织。', hundred],
  ['科技人员达到一百人以上（含一百人）且条件成熟的企业，应当单独组建科协组织。', hundred],
  ['根据第十条，科技人员总数在100人以上、条件成熟的企业应单独组建科协组织。', hundred],
  ['鼓励开展小设计、小革新、小发明、小创造、小论文等活动。', smalls],
  ['对未建立科协组织的企业和园区，要发挥科协工作联系点制度的作用。', point],
  ['企业为科协开展工作提供必要的经费、办公设施和场所。', support],
  ['企业科协需要制定年度工作计划，明确工作目标，健全工作制度。', plan],
  ['企业要定期听取科协工作汇报。', listen],
  [
    '企业科协的组建方式有单独组建、区域联建、行业统建、依托组建等多种。',
    cite(10, '分别采取单独组建、区域联建、行业统建、依托组建等多种方式成立企业科协'),
  ],
]

const english: [string, typeof hundred][] = [
  [
    'Enterprises with 100 or more S&T personnel and mature conditions should establish their own association.',
    hundred,
  ],
  [
    'An enterprise whose S&T personnel number at least one hundred shall set up a standalone association if conditions are mature.',
    hundred,
  ],
  ['Activities such as small inventions and small papers are encouraged.', smalls],
  [
    'For enterprises and parks that have not established an association, the liaison point system should play its full role.',
    point,
  ],
  ['Enterprises should regularly listen to reports on the work of the association.', listen],
  ['The association must make an annual work plan and clarify its goals.', plan],
]

describe('statements that the clauses bear', () => {
  it.each(chinese)('%s', (text, evidence) => {
    expect(check(text, [evidence])).toMatchObject({ dropped: null })
  })

  it.each(english)('%s', (text, evidence) => {
    expect(check(text, [evidence], 'en')).toMatchObject({ dropped: null })
  })

  it('gives the quote as the clause prints it, whatever its spacing and width were', () => {
    const verdict = check('科技人员总数达到100人以上、条件成熟的企业，应单独组建科协组织。', [
      cite(10, '科技人员总数达到１００人以上(含100人)、条件成熟的企业,应单独组建科协组织。'),
    ])
    expect(verdict.statement?.evidence).toEqual([
      { document: 'guideline', key: '三/十', quote: hundred.quote },
    ])
  })

  it('keeps a statement that has one good quote beside a bad one, without the bad one', () => {
    const verdict = check('企业要定期听取科协工作汇报。', [listen, cite(16, '每月听取科协工作汇报')])
    expect(verdict.statement?.evidence).toHaveLength(1)
  })
})

describe('statements that say something else', () => {
  it.each([
    ['another number', '科技人员总数达到200人以上、条件成熟的企业，应单独组建科协组织。', hundred, 'numbers'],
    [
      'another number in figures',
      '科技人员总数达到二百人以上的企业，应单独组建科协组织。',
      hundred,
      'numbers',
    ],
    ['another unit', '科技人员总数达到100万元以上的企业，应单独组建科协组织。', hundred, 'numbers'],
    ['a percentage', '科技人员总数达到百分之三十以上的企业，应单独组建科协组织。', hundred, 'numbers'],
    ['a number of its own', '企业要定期听取科协工作汇报，每年2次。', listen, 'numbers'],
    ['the other bound', '科技人员总数在100人以下、条件成熟的企业，应单独组建科协组织。', hundred, 'force'],
    ['no bound', '科技人员总数100人、条件成熟的企业，应单独组建科协组织。', hundred, 'force'],
    ['a negation more', '科技人员总数达到100人以上的企业，不应单独组建科协组织。', hundred, 'force'],
    ['a negation less', '对建立科协组织的企业、园区，要充分发挥科协工作联系点制度的作用。', point, 'force'],
    ['a permission', '科技人员总数达到100人以上的企业，可以单独组建科协组织。', hundred, 'force'],
    ['a duty', '必须开展小设计、小革新、小发明、小创造、小论文等活动。', smalls, 'force'],
    ['a permission told as a fact', '开展小设计、小革新、小发明、小创造、小论文等活动。', smalls, 'force'],
    ['no condition', '企业应单独组建科协组织。', cite(10, '应单独组建科协组织'), 'condition'],
    ['another frequency', '企业要每月听取科协工作汇报。', listen, 'words'],
    ['another actor', '国资委要定期听取科协工作汇报。', listen, 'words'],
    ['a name', '企业要定期听取王刚的科协工作汇报。', listen, 'words'],
    ['an insult at the end', '企业要定期听取科协工作汇报，傻瓜。', listen, 'words'],
    ['another title', '企业要按《科协章程》定期听取科协工作汇报。', listen, 'words'],
    ['a foreign word', '企业要定期听取科协工作汇报，加微信abc。', listen, 'words'],
    ['a link', '企业要定期听取科协工作汇报，见 https://evil.example/x 。', listen, 'characters'],
    ['a bare address', '企业要定期听取科协工作汇报，见evil.cn', listen, 'characters'],
    ['markup', '企业要**定期**听取科协工作汇报。', listen, 'characters'],
    ['an invisible character', '企业要定期\u200b听取科协工作汇报。', listen, 'characters'],
    ['a question', '企业要定期听取科协工作汇报吗？', listen, 'characters'],
    ['another language', 'Enterprises should regularly listen to reports.', listen, 'language'],
    [
      'its words from the rest of the sentence',
      '企业要重视和支持科协工作。',
      cite(16, '定期听取科协工作汇报'),
      'force',
    ],
    ['too much', `企业要定期听取科协工作汇报${'，定期听取科协工作汇报'.repeat(20)}。`, listen, 'length'],
    ['nothing', '   ', listen, 'length'],
    ['with a short quote', '企业要定期听取科协工作汇报。', cite(16, '企业'), 'quote'],
    ['of another clause', '企业要定期听取科协工作汇报。', cite(15, listen.quote), 'quote'],
    [
      'of no clause',
      '企业要定期听取科协工作汇报。',
      { clause: 'guideline/九/九', quote: listen.quote },
      'quote',
    ],
  ])('%s: %s', (_, text, evidence, reason) => {
    expect(check(text, [evidence]).dropped).toBe(reason)
  })

  it.each([
    [
      'another number',
      'Enterprises with 200 or more S&T personnel should establish an association.',
      hundred,
      'numbers',
    ],
    [
      'another number in words',
      'Enterprises with two hundred or more personnel should establish an association.',
      hundred,
      'numbers',
    ],
    [
      'another unit',
      'Enterprises with 100 or more hours should establish an association.',
      hundred,
      'numbers',
    ],
    [
      'the other bound',
      'Enterprises with fewer than 100 personnel should establish an association.',
      hundred,
      'force',
    ],
    [
      'a negation',
      'Enterprises with 100 or more personnel need not establish an association.',
      hundred,
      'force',
    ],
    [
      'a permission',
      'Enterprises with 100 or more personnel may establish an association.',
      hundred,
      'force',
    ],
    [
      'a negation less',
      'For enterprises that have established an association, the liaison point system should play its role.',
      point,
      'force',
    ],
    ['a duty', 'Small inventions shall be carried out.', smalls, 'force'],
    [
      'another frequency',
      'Enterprises should listen monthly to reports on the work of the association.',
      listen,
      'words',
    ],
    ['an insult', 'Enterprises should regularly listen to reports, you idiot.', listen, 'words'],
    ['a name', 'Enterprises should regularly listen to Mr Smith.', listen, 'words'],
    ['something else', 'The password is hunter.', listen, 'words'],
    ['Chinese', 'Enterprises should listen to 汇报.', listen, 'language'],
  ])('in English, %s: %s', (_, text, evidence, reason) => {
    expect(check(text, [evidence], 'en').dropped).toBe(reason)
  })
})

const sentences = guidelineClauses.flatMap((clause) =>
  clause.text
    .split(/(?<=[。；])/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => normalise(sentence).text.length >= 8 && sentence.length <= 150)
    .map((sentence) => ({ sentence, clause: `guideline/${clause.key}` })),
)
const someSentence = fc.constantFrom(...sentences)

describe('for any sentence of the guideline', () => {
  it('the sentence itself passes with itself as quote', () => {
    for (const { sentence, clause } of sentences) {
      const text = sentence.replace(/^（.+?）/, '').replaceAll(/\s/g, '')
      expect([text, check(text, [{ clause, quote: sentence }]).dropped]).toEqual([text, null])
    }
  })

  it('a quote with one character changed is no quote', () => {
    const character = fc.constantFrom('不', '未', '可', '以', '二', '甲', '9', 'x')
    fc.assert(
      fc.property(someSentence, fc.nat(), character, ({ sentence, clause }, at, changed) => {
        const whole = sentence.replaceAll(/\s/g, '')
        const place = 1 + (at % (whole.length - 2))
        const quote = whole.slice(0, place) + changed + whole.slice(place + 1)
        const clauseText = guidelineClauses.find(({ key }) => `guideline/${key}` === clause)!
        fc.pre(!normalise(clauseText.text).text.includes(normalise(quote).text))
        expect(check(whole, [{ clause, quote }]).dropped).not.toBeNull()
      }),
      { numRuns: 300 },
    )
  })

  const mutations: [string, (text: string) => string[]][] = [
    ['another number', (text) => variants(text, /100|[三五](?=个|人)/g, ['101', '三百', '9'])],
    ['a number put in', (text) => [text.replace('企业', '30家企业'), text.replace('科协', '两个科协')]],
    [
      'a negation put in',
      (text) => variants(text, /(?<=[要应])(?=[\p{Script=Han}])(?!求|素|当)/gu, ['不', '未']),
    ],
    ['a negation taken out', (text) => variants(text, /未|不(?!断|同|仅|但)/g, [''])],
    [
      'a duty made a permission',
      (text) => variants(text, /应当?(?!用|对)|(?<![主重需必只摘概首纪])要(?!求|素)/g, ['可以', '可']),
    ],
    ['a permission made a duty', (text) => variants(text, /鼓励|可以/g, ['必须', '应当', '要', ''])],
    ['a bound turned', (text) => variants(text, /以上/g, ['以下', '以内'])],
  ]
  it.each(mutations)('%s is dropped', (_, mutate) => {
    let mutated = 0
    for (const { sentence, clause } of sentences) {
      const text = sentence.replace(/^（.+?）/, '').replaceAll(/\s/g, '')
      for (const mutant of mutate(text).filter((other) => other !== text)) {
        mutated += 1
        expect([mutant, check(mutant, [{ clause, quote: sentence }]).statement]).toEqual([mutant, null])
      }
    }
    expect(mutated).toBeGreaterThan(0)
  })

  it('any text put behind a true sentence is dropped', () => {
    const strange = fc.string({
      minLength: 2,
      unit: fc.constantFrom(...'傻瓜骗子密码奖金点击转账汇款账户红包请你我咱'),
    })
    fc.assert(
      fc.property(someSentence, strange, ({ sentence, clause }, tail) => {
        const text = sentence.replace(/^（.+?）/, '').replaceAll(/\s/g, '')
        expect(check(text + tail, [{ clause, quote: sentence }]).statement).toBeNull()
      }),
      { numRuns: 300 },
    )
  })
})

/** The text with each match replaced, one at a time, by each replacement. */
function variants(text: string, pattern: RegExp, replacements: string[]): string[] {
  return [...text.matchAll(pattern)].flatMap((match) =>
    replacements.map(
      (replacement) => text.slice(0, match.index) + replacement + text.slice(match.index + match[0].length),
    ),
  )
}

it('finds a quote wherever the source breaks its lines, and cuts it out to the letter', () => {
  fc.assert(
    fc.property(someSentence, fc.nat(), fc.nat(), ({ clause }, from, length) => {
      const cited = guidelineClauses.find(({ key }) => `guideline/${key}` === clause)!
      const start = from % (cited.text.length - 12)
      const part = cited.text.slice(start, start + 12 + (length % 30))
      const found = findQuote(part.replaceAll(/\s/g, '').split('').join(' '), cited)
      fc.pre((part.match(/\p{Script=Han}/gu) ?? []).length >= 4)
      expect(found.length).toBeGreaterThan(0)
      for (const { quote, phrase, sentence } of found) {
        expect(cited.text).toContain(quote)
        expect(cited.text).toContain(phrase)
        expect(cited.text).toContain(sentence)
      }
    }),
  )
})
