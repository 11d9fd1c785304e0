import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { makeClause, makeDocument, makeEngine } from '../../../test/search/make-library.ts'
import type { DocumentVersion } from '../../knowledge/clause.ts'
import { parseDocument } from '../../knowledge/parse/parse-document.ts'
import { refusalDoubt, tentativeDoubt } from '../../knowledge/search/doubt.ts'
import type { Hit } from '../../knowledge/search/search-engine.ts'
import { answerFrom, answerQuestion, type Question } from './answer-question.ts'
import { applyFoundingRule } from './apply-founding-rule.ts'
import { chooseCitations } from './choose-citations.ts'

const asked = (question: string, details: Partial<Question> = {}): Question => ({
  id: 'q1',
  question,
  language: 'zh-CN',
  history: [],
  readers: [],
  ...details,
})

const rules = makeDocument(
  'rules',
  ['会员代表大会每年召开一次，由主席召集。', '会员代表大会的经费列入预算。', '设备借用须提前三日登记。'],
  {
    issuers: '省科协',
    effective: '2026-01-01',
    version: 3,
  },
)
const rulesHints = [
  {
    document: 'rules',
    key: '第1条',
    passage: '由主席召集',
    english: 'called by the chair',
    questions: ['谁来召集大家', 'who calls the congress'],
  },
  {
    document: 'rules',
    key: '第1条',
    passage: '每年召开一次',
    english: 'held once a year',
    questions: ['几时碰头', 'how often is the congress held'],
  },
]

describe('an answer', () => {
  const engine = makeEngine([rules])
  const result = engine.search({ question: '会员代表大会由谁召集？', limit: 6 })

  test('cites clause, version, issuers and day, with the words at their places', () => {
    const answer = answerFrom({ ...result, doubt: 0 }, asked('会员代表大会由谁召集？'))
    expect(answer).toMatchObject({
      id: 'q1',
      refused: false,
      tentative: false,
      nearest: null,
      statements: [],
      ruling: null,
    })
    const [first] = answer.citations
    expect(first).toMatchObject({
      document: 'rules',
      version: 3,
      issuers: '省科协',
      effective: '2026-01-01',
      clause: { number: 1 },
    })
    expect(first!.spans.map(([start, end]) => first!.clause.text.slice(start, end)).join('……')).toBe(
      first!.quote,
    )
    expect(first!.quote).toContain('由主席召集')
  })

  test('names as related only clauses that it does not cite', () => {
    const answer = answerFrom({ ...result, doubt: 0 }, asked('会员代表大会由谁召集？'))
    const cited = answer.citations.map(({ clause }) => clause.key)
    for (const { key } of answer.related) expect(cited).not.toContain(key)
    expect(answer.related.length).toBeLessThanOrEqual(2)
  })

  test('is tentative from one doubt on, and a refusal from another', () => {
    const at = (doubt: number) => {
      const { refused, tentative } = answerFrom({ ...result, doubt }, asked('会员代表大会由谁召集？'))
      return [refused, tentative]
    }
    expect(at(tentativeDoubt - 0.01)).toEqual([false, false])
    expect(at(tentativeDoubt)).toEqual([false, true])
    expect(at(refusalDoubt - 0.01)).toEqual([false, true])
    expect(at(refusalDoubt)).toEqual([true, false])
  })

  test('that is a refusal names the nearest clause and nothing else', () => {
    const answer = answerFrom({ ...result, doubt: 1 }, asked('会员代表大会由谁召集？'))
    expect(answer).toMatchObject({ refused: true, citations: [], related: [], ruling: null })
    expect(answer.nearest!.clause.key).toBe(result.hits[0]!.clause.key)
  })

  test('from an empty library is a refusal without a nearest clause', () => {
    expect(answerQuestion(makeEngine([]), asked('会员代表大会由谁召集？'))).toMatchObject({
      refused: true,
      citations: [],
      nearest: null,
      related: [],
    })
  })

  test('says in English what the quoted passages say, in their order, to those who ask in English', () => {
    const hinted = makeEngine([rules], { hints: rulesHints })
    const question = 'who calls the congress, how often is the congress held'
    const found = { ...hinted.search({ question, limit: 6 }), doubt: 0 }
    const english = answerFrom(found, asked(question, { language: 'en' })).citations[0]!
    expect(english.quote).toContain('由主席召集')
    expect(english.english).toContain('called by the chair')
    expect(english.english).toEqual(
      ['held once a year', 'called by the chair'].filter((text) => english.english.includes(text)),
    )
    expect(answerFrom(found, asked(question)).citations[0]!.english).toEqual([])
  })
})

describe('chooseCitations', () => {
  const hit = (score: number): Hit => ({
    document: makeEngine([rules]).index.documents[0]!,
    clause: makeClause(1, ''),
    score,
    chance: 0,
    hinted: [],
  })
  const scores = fc
    .array(fc.double({ min: 0.001, max: 2, noNaN: true }), { minLength: 1, maxLength: 6 })
    .map((list) => list.sort((a, b) => b - a).map(hit))

  test('takes the best hits in their order, at least one, three at most, and more where several are asked for', () => {
    fc.assert(
      fc.property(scores, (hits) => {
        const usual = chooseCitations('由谁召集？', hits)
        const several = chooseCitations('分别由谁召集？', hits)
        for (const chosen of [usual, several]) {
          expect(chosen.length).toBeGreaterThanOrEqual(1)
          expect(chosen.length).toBeLessThanOrEqual(3)
          expect(chosen).toEqual(hits.slice(0, chosen.length))
        }
        expect(several.length).toBeGreaterThanOrEqual(usual.length)
      }),
    )
  })

  test('takes equals together, and leaves what is far behind', () => {
    expect(chooseCitations('由谁召集？', [hit(1), hit(1), hit(1), hit(1)])).toHaveLength(3)
    expect(chooseCitations('分别由谁召集？', [hit(1), hit(0.01)])).toHaveLength(1)
    expect(chooseCitations('由谁召集？', [])).toEqual([])
  })

  test('takes a long question in its stride', () => {
    for (const unit of ['各', '哪几', 'and ', '又']) chooseCitations(unit.repeat(200_000), [hit(1)])
  })
})

describe('the rule of clause 10', () => {
  const source = readFileSync(new URL('../../../knowledge/documents/guideline.md', import.meta.url), 'utf8')
  const { clauses } = parseDocument(source.split('---\n').slice(2).join('---\n'), 'md')
  const guideline: DocumentVersion = { ...makeDocument('guideline', []), clauses }
  const hitsIn = (document: DocumentVersion) => {
    const engine = makeEngine([document])
    return document.clauses.map(
      (clause): Hit => ({ document: engine.index.documents[0]!, clause, score: 1, chance: 0, hinted: [] }),
    )
  }
  const hits = hitsIn(guideline)
  const own = '我们有 86 名科技人员，在高新区，能不能单独组建科协？'

  test('is applied to the numbers of the asker, and borne by its clause', () => {
    for (const language of ['zh-CN', 'en'] as const) {
      const ruling = applyFoundingRule(own, [], hits, language)
      expect(ruling!.hit.clause.number).toBe(10)
      expect(ruling!.text).toContain('86')
      expect(ruling!.text).toContain('100')
      expect(/\p{Script=Han}/u.test(ruling!.text)).toBe(language === 'zh-CN')
    }
  })

  test.each(['科协归谁管？', '多少科技人员应单独组建科协？', ''])(
    'is not applied where nobody tells of staff: %j',
    (question) => {
      expect(applyFoundingRule(question, hits, hits, 'zh-CN')).toBeNull()
    },
  )

  test('is not applied from another document, nor where the clause says something else, nor unfound', () => {
    expect(applyFoundingRule(own, [], hitsIn({ ...guideline, document: 'other' }), 'zh-CN')).toBeNull()
    const changed = clauses.map((clause) => ({ ...clause, text: clause.text.replaceAll(/100/g, '200') }))
    expect(applyFoundingRule(own, [], hitsIn({ ...guideline, clauses: changed }), 'zh-CN')).toBeNull()
    expect(
      applyFoundingRule(
        own,
        [],
        hits.filter(({ clause }) => clause.number !== 10),
        'zh-CN',
      ),
    ).toBeNull()
  })

  test('makes an answer certain, with its clause alone', () => {
    const result = makeEngine([guideline]).search({ question: own, limit: 6 })
    const answer = answerFrom({ ...result, hits, doubt: tentativeDoubt }, asked(own))
    expect(answer.tentative).toBe(false)
    expect(answer.citations.map(({ clause }) => clause.number)).toEqual([10])
    expect(answer.ruling).toContain('86')
    // The asker's own numbers settle what the wording leaves in doubt.
    const doubted = answerFrom({ ...result, hits, doubt: refusalDoubt }, asked(own))
    expect(doubted).toMatchObject({ refused: false, nearest: null, ruling: answer.ruling })
  })
})
