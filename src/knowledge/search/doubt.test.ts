import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { makeDocument, makeEngine } from '../../../test/search/make-library.ts'
import { doubtAbout, type Evidence, refusalDoubt, tentativeDoubt } from './doubt.ts'
import { historyShare } from './follow-up.ts'

const document = makeDocument('d', ['会员代表大会由主席召集。', '经费列入预算。'])
const hints = document.clauses.map(({ key, lead }) => ({
  document: 'd',
  key,
  passage: lead,
  english: null,
  questions: [`${lead}吗`, `谁说${lead}`],
}))

function evidenceOf(hinted: boolean, question: string): Evidence {
  const engine = makeEngine([document], hinted ? { hints } : {})
  return engine.search({ question }).evidence!
}

const plain = evidenceOf(false, '会员代表大会由谁召集？')
const hinted = evidenceOf(true, '会员代表大会由谁召集？')
const share = fc.double({ min: 0, max: 1, noNaN: true })

/** The evidence as if the hints had said this of what is not settled. */
function unsettled({ chance, similarity }: { chance: number; similarity: number }): Evidence {
  const said = hinted.said!
  const last = said.similarities.length - 1
  const similarities = said.similarities.map((value, i) => (i === last ? similarity : value))
  const chances = said.said.chances.map((value, i) => (i === last ? chance : value))
  return { ...hinted, said: { ...said, similarities, said: { ...said.said, chances } } }
}

describe('doubt', () => {
  test('lies between 0 and 1, whatever the evidence', () => {
    fc.assert(
      fc.property(share, share, share, (coverage, chance, similarity) => {
        for (const evidence of [
          { ...plain, coverage },
          { ...unsettled({ chance, similarity }), coverage },
        ]) {
          expect(doubtAbout(evidence)).toBeGreaterThanOrEqual(0)
          expect(doubtAbout(evidence)).toBeLessThanOrEqual(1)
        }
      }),
    )
  })

  test('grows the more the hints speak for “not settled”', () => {
    fc.assert(
      fc.property(share, share, share, (one, other, fixed) => {
        const [low, high] = [Math.min(one, other), Math.max(one, other)]
        const byChance = (chance: number) => doubtAbout(unsettled({ chance, similarity: fixed }))
        const bySimilarity = (similarity: number) => doubtAbout(unsettled({ chance: fixed, similarity }))
        expect(byChance(high)).toBeGreaterThanOrEqual(byChance(low))
        expect(bySimilarity(high)).toBeGreaterThanOrEqual(bySimilarity(low))
      }),
    )
    expect(doubtAbout(unsettled({ chance: 0.99, similarity: 0.9 }))).toBeGreaterThan(
      doubtAbout(unsettled({ chance: 0.01, similarity: 0 })),
    )
  })

  test('shrinks the more of the question a clause without hints carries', () => {
    fc.assert(
      fc.property(share, share, (one, other) => {
        const [low, high] = [Math.min(one, other), Math.max(one, other)]
        expect(doubtAbout({ ...plain, coverage: high })).toBeLessThanOrEqual(
          doubtAbout({ ...plain, coverage: low }),
        )
      }),
    )
    expect(doubtAbout({ ...plain, coverage: 1 })).toBeLessThan(tentativeDoubt)
    expect(doubtAbout({ ...plain, coverage: 0 })).toBeGreaterThan(refusalDoubt)
  })

  test.each([
    ['with hints', hinted],
    ['without', plain],
  ])('grows where an asked-for detail is missing, %s', (_, evidence) => {
    const asking = { ...evidence, question: '会员代表大会何时召开，哪一年哪一天？' }
    const giving = {
      ...asking,
      best: { ...asking.best, clause: { ...asking.best.clause, text: '于2010年5月1日召开。' } },
    }
    expect(doubtAbout(asking)).toBeGreaterThan(doubtAbout(giving))
  })

  test('is told with its evidence by a search', () => {
    const { doubt, evidence } = makeEngine([document], { hints }).search({
      question: '会员代表大会由谁召集？',
    })
    expect(doubt).toBe(doubtAbout(evidence!))
    expect(evidence).toMatchObject({ question: '会员代表大会由谁召集？', best: { clause: { key: '第1条' } } })
  })

  test('leaves room between an answer and a refusal', () => {
    expect(tentativeDoubt).toBeLessThan(refusalDoubt)
  })
})

describe('historyShare', () => {
  test.each([
    '那不够的话呢？',
    '那经费呢',
    '它由谁领导',
    '刚才说的那条是哪年的',
    'what about funding?',
    'and who pays for it?',
    '经费？',
  ])('takes up the turns before: %s', (question) => {
    expect(historyShare(question)).toBeGreaterThan(0)
  })

  test.each([
    '国有企业科技人员达到多少人应当单独组建科协组织？',
    'How many technical staff must a large state-owned enterprise have before founding an association of science and technology?',
  ])('lets a full question stand alone: %s', (question) => {
    expect(historyShare(question)).toBe(0)
  })

  test('counts a clear pointer more than mere shortness, and never the past more than the question', () => {
    expect(historyShare('那这个呢？')).toBeGreaterThan(historyShare('经费由谁来承担和管理？'))
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (question) => {
        expect(historyShare(question)).toBeGreaterThanOrEqual(0)
        expect(historyShare(question)).toBeLessThanOrEqual(1)
      }),
    )
  })
})
