import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { closedTo, makeDocument, makeEngine } from '../../../test/search/make-library.ts'
import { type DocumentVersion, guest, type Reader } from '../clause.ts'
import { readCommonWords } from './common-words.ts'
import type { PassageHint } from './knowledge-files.ts'
import { SearchEngine, type SearchResult } from './search-engine.ts'
import { buildSearchIndex, restoreSearchIndex } from './search-index.ts'

const member = (...organisations: string[]): Reader => ({ organisations, roles: [] })
const places = ({ hits }: SearchResult) =>
  hits.map(({ document, clause }) => `${document.document} ${clause.key}`)

const funds = makeDocument('funds', [
  '活动经费列入企业年度预算，由财务部门拨付。',
  '会员大会每年召开一次，由主席主持。',
  '设备借用须提前三日登记，损坏照价赔偿。',
])
const branch = makeDocument('branch', ['分公司的活动经费由分公司自行筹集。'], {
  visibility: closedTo('分公司一'),
})
const cadres = makeDocument('cadres', ['主席团的活动经费另行规定。'], {
  visibility: { open: false, organisations: ['分公司二'], roles: ['cadre'] },
})

describe('search', () => {
  const engine = makeEngine([funds, branch, cadres])

  test('finds the clause with the words of the question, the best first', () => {
    const result = engine.search({ question: '设备借用要提前登记吗？' })
    expect(places(result)[0]).toBe('funds 第3条')
    const scores = result.hits.map(({ score }) => score)
    expect(scores).toEqual(scores.toSorted((a, b) => b - a))
  })

  test('gives no more hits than asked for, each clause once', () => {
    const all = engine.search({ question: '活动经费 会员大会 设备借用', limit: 10 })
    expect(new Set(places(all)).size).toBe(all.hits.length)
    expect(all.hits).toHaveLength(3)
    for (const limit of [0, 1, 2]) {
      const some = engine.search({ question: '活动经费 会员大会 设备借用', limit })
      expect(places(some)).toEqual(places(all).slice(0, limit))
    }
  })

  test('finds nothing in an empty library, and is sure of that', () => {
    for (const empty of [makeEngine([]), makeEngine([branch])]) {
      expect(empty.search({ question: '活动经费' })).toMatchObject({ hits: [], doubt: 1, evidence: null })
    }
  })

  test('shows guests what is open, and nobody else counts as a guest too', () => {
    for (const readers of [undefined, [], [guest]]) {
      const { hits } = engine.search({ question: '活动经费', limit: 10, ...(readers && { readers }) })
      expect(new Set(hits.map(({ document }) => document.document))).toEqual(new Set(['funds']))
    }
  })

  test.each([
    ['a member of one', [member('分公司一')], ['branch', 'funds']],
    ['a member of both', [member('分公司一', '分公司二')], ['branch', 'cadres', 'funds']],
    ['one of each', [member('分公司一'), member('分公司二')], ['funds']],
    ['a member and a guest', [member('分公司一'), guest], ['funds']],
    [
      'a member and a cadre',
      [member('分公司二'), { organisations: [], roles: ['cadre'] }],
      ['cadres', 'funds'],
    ],
  ])('shows several readers what each of them may see: %s', (_, readers, expected) => {
    const { hits } = engine.search({ question: '活动经费', limit: 10, readers })
    expect([...new Set(hits.map(({ document }) => document.document))].sort()).toEqual(expected)
  })

  test('takes any text as a question', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (question) => {
        const { doubt } = engine.search({ question, history: [question] })
        expect(doubt).toBeGreaterThanOrEqual(0)
        expect(doubt).toBeLessThanOrEqual(1)
      }),
    )
  })
})

describe('a document that the readers may not see', () => {
  const chars = '科协经费职称评定联络员'
  // Homophones of each other, and characters that only the closed document may have.
  const words = fc.string({
    unit: fc.constantFrom(...chars, ...'写金制城平顶络连系，。'),
    minLength: 2,
    maxLength: 24,
  })
  const document = (name: string, details: Partial<DocumentVersion> = {}) =>
    fc.array(words, { minLength: 1, maxLength: 4 }).map((texts) => makeDocument(name, texts, details))
  const question = fc.oneof(
    words,
    fc
      .array(
        fc.constantFrom('zhi', 'cheng', 'ping', 'ding', 'ke', 'xie', 'lian', 'luo', 'jin', '评', '科', '经'),
        { minLength: 1, maxLength: 5 },
      )
      .map((pieces) => pieces.join(' ')),
  )
  const said = ({ hits, doubt, reading }: SearchResult) => ({
    hits: hits.map(({ document: { document }, clause, score, chance, hinted }) => ({
      document,
      clause,
      score,
      chance,
      hinted,
    })),
    doubt,
    meant: reading.meant,
    features: [...reading.features],
  })

  test('changes nothing: not the hits, nor a score, nor the doubt, nor how the question is read', () => {
    fc.assert(
      fc.property(
        document('open'),
        document('closed', { visibility: closedTo('分公司一') }),
        question,
        fc.boolean(),
        (open, closed, asked, first) => {
          const search = { question: asked, limit: 10 }
          const hints = (name: string): PassageHint => ({
            document: name,
            key: '第1条',
            passage: '科协',
            english: null,
            questions: ['科协经费', '职称谁评'],
          })
          const alone = makeEngine([open], { hints: [hints('open')] })
          const beside = makeEngine(first ? [closed, open] : [open, closed], {
            hints: [hints('open'), hints('closed')],
          })
          expect(said(beside.search(search))).toEqual(said(alone.search(search)))
        },
      ),
      { numRuns: 60 },
    )
  })

  test('cannot be opened by those who may not, and by those who may', () => {
    const engine = makeEngine([funds, branch])
    expect(engine.openClause('branch', '第1条', [])).toBeNull()
    expect(engine.openClause('branch', '第1条', [member('分公司一'), guest])).toBeNull()
    expect(engine.openClause('branch', '第1条', [member('分公司一')])?.clause.text).toContain('自行筹集')
  })
})

describe('openClause', () => {
  const engine = makeEngine([makeDocument('before', ['甲']), funds, makeDocument('after', ['乙'])])
  const neighbours = (key: string) => {
    const opened = engine.openClause('funds', key, [])
    return [opened?.previous?.key, opened?.clause.key, opened?.next?.key]
  }

  test('gives the clause with its neighbours, which are of the same document', () => {
    expect(neighbours('第1条')).toEqual([undefined, '第1条', '第2条'])
    expect(neighbours('第2条')).toEqual(['第1条', '第2条', '第3条'])
    expect(neighbours('第3条')).toEqual(['第2条', '第3条', undefined])
    expect(engine.openClause('funds', '第2条', [])).toMatchObject({
      clause: funds.clauses[1],
      document: { title: funds.title },
    })
  })

  test.each([
    ['funds', '第4条'],
    ['funds', ''],
    ['nothing', '第1条'],
    ['__proto__', 'constructor'],
  ])('%s %s is not there', (document, key) => {
    expect(engine.openClause(document, key, [])).toBeNull()
  })
})

describe('hints', () => {
  const hinted = makeDocument('hinted', ['科技人员达到一百人的应当单独组建。', '联络员由企业推荐。'])
  const hints: PassageHint[] = [
    {
      document: 'hinted',
      key: '第1条',
      passage: '应当单独组建',
      english: 'should found its own',
      questions: ['几个工程师能成立协会', '人数门槛是几', '成立协会的门槛', '几个人能办协会'],
    },
    {
      document: 'hinted',
      key: '第2条',
      passage: '由企业推荐',
      english: null,
      questions: ['谁来跑腿', '跑腿的人怎么选', '谁当跑腿的', '跑腿谁定'],
    },
  ]
  const asked = '跑腿的人谁来选？'

  test('lead to clauses that share no word with the question, and to the passage', () => {
    const [best] = makeEngine([hinted], { hints }).search({ question: asked }).hits
    expect(best!.clause.key).toBe('第2条')
    expect(best!.hinted[0]).toMatchObject({ passage: '由企业推荐', english: null })
    expect(best!.chance).toBeGreaterThan(0.5)
  })

  test('name the passages most similar first, each once, and only those of the clause', () => {
    const { hits } = makeEngine([hinted], { hints }).search({ question: '成立协会的门槛' })
    expect(hits.map((hit) => hit.hinted.map(({ passage }) => passage))).toContainEqual(['应当单独组建'])
    expect(hits[0]!.hinted).toMatchObject([{ passage: '应当单独组建', english: 'should found its own' }])
    expect(hits[0]!.hinted[0]!.similarity).toBeCloseTo(1, 4)
  })

  test('of one document do not push aside another that has none', () => {
    const both = makeEngine([hinted, funds], { hints })
    for (const question of ['设备借用提前几日登记？', '会员大会由谁主持？', '设备损坏怎么赔偿？']) {
      const alone = makeEngine([funds]).search({ question })
      expect(places(both.search({ question }))[0], question).toBe(places(alone)[0])
    }
  })

  test('taken away leave the ranking as it was without them', () => {
    const ranking = (engine: SearchEngine) => {
      const { hits, doubt } = engine.search({ question: asked, limit: 10 })
      return { hits: hits.map(({ clause, score }) => [clause.key, score]), doubt }
    }
    const without = ranking(makeEngine([hinted, funds]))
    expect(ranking(makeEngine([hinted, funds], { hints }))).not.toEqual(without)
    expect(ranking(makeEngine([hinted, funds], { hints: [] }))).toEqual(without)
  })

  test('for clauses and documents that are not there are passed over', () => {
    const stray: PassageHint[] = [
      { document: 'hinted', key: '第9条', passage: '无', english: null, questions: ['跑腿'] },
      { document: 'nothing', key: '第1条', passage: '无', english: null, questions: ['跑腿'] },
    ]
    const ranking = (engine: SearchEngine) => places(engine.search({ question: asked }))
    expect(ranking(makeEngine([hinted], { hints: [...stray, ...hints] }))).toEqual(
      ranking(makeEngine([hinted], { hints })),
    )
  })

  test('of what is not settled raise the doubt', () => {
    const unanswered = [
      {
        document: 'hinted',
        topic: '报酬',
        questions: ['跑腿的给多少工钱', '工钱怎么算', '有没有工钱', '跑腿工钱谁出'],
      },
    ]
    const question = '跑腿有工钱吗？'
    const before = makeEngine([hinted], { hints }).search({ question }).doubt
    expect(makeEngine([hinted], { hints, unanswered }).search({ question }).doubt).toBeGreaterThan(before)
  })
})

describe('a follow-up', () => {
  const engine = makeEngine([funds])
  const first = (question: string, history: readonly string[] = []) =>
    places(engine.search({ question, history }))[0]

  test('is understood from the turns before it', () => {
    expect(first('那这个由谁来办？', ['设备借用怎么登记？'])).toBe('funds 第3条')
    expect(first('那这个由谁来办？', ['会员大会什么时候召开？'])).toBe('funds 第2条')
  })

  test('is understood from the latest turn first, and not from turns long past', () => {
    expect(first('那这个由谁来办？', ['会员大会什么时候召开？', '设备借用怎么登记？'])).toBe('funds 第3条')
    const long = ['设备借用怎么登记？', '甲甲', '乙乙', '丙丙']
    const features = engine.search({ question: '那这个呢？', history: long }).reading.features
    expect(features).toEqual(
      engine.search({ question: '那这个呢？', history: long.slice(1) }).reading.features,
    )
  })

  test('that is a full question on its own is not pulled back', () => {
    const full = '企业每年的会员大会由哪一位领导来负责主持召开？'
    const search = (history: string[]) => engine.search({ question: full, history }).reading
    expect(search(['设备借用怎么登记？'])).toEqual(search([]))
  })

  test('leaves nothing behind for the next question', () => {
    const before = engine.search({ question: '那这个呢？' })
    engine.search({ question: '那这个呢？', history: ['设备借用怎么登记？'] })
    expect(engine.search({ question: '那这个呢？' })).toEqual(before)
  })
})

describe('an index restored from its sections', () => {
  beforeAll(async () => {
    common = await readCommonWords()
  })
  let common: Awaited<ReturnType<typeof readCommonWords>>

  test('answers as the one that was built', () => {
    const hints = [
      {
        document: 'funds',
        key: '第1条',
        passage: '财务部门',
        english: 'the finance office',
        questions: ['钱谁给'],
      },
    ]
    const vocabulary = [{ official: ['经费'], ordinary: ['钱'] }]
    const built = buildSearchIndex([funds, branch], { hints, vocabulary, unanswered: [] }, common)
    const restored = restoreSearchIndex(new Map(Object.entries(built.sections())))
    for (const question of ['钱谁给？', '会园大会', 'jingfei', '设备']) {
      const search = { question, readers: [member('分公司一')] }
      expect(new SearchEngine(restored).search(search)).toEqual(new SearchEngine(built).search(search))
    }
  })
})
