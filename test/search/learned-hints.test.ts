import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { openSeedEngine } from '../../bench/seed-engine.ts'
import { answerQuestion } from '../../src/features/policy/answer-question.ts'
import { guest, type Reader } from '../../src/knowledge/clause.ts'
import { type LearnedHint, LearnedHints } from '../../src/knowledge/search/learned-hints.ts'
import type { SearchEngine, SearchQuestion, SearchResult } from '../../src/knowledge/search/search-engine.ts'
import { closedTo, makeDocument, makeEngine } from './make-library.ts'

const canteen = makeDocument('食堂', ['职工餐补每月发放', '外来人员凭单就餐', '厨房每日清扫'])
const secret = makeDocument('内部', ['班车每日七点半发车', '班车停靠东门'], { visibility: closedTo('总部') })
const insider: Reader = { organisations: ['总部'], roles: [] }

let count = 0
function hint(question: string, key: string, details: Partial<LearnedHint> = {}): LearnedHint {
  count++
  const at = new Date(count * 1000).toISOString()
  return { id: `hint${count}`, question, document: '食堂', key, source: 'cadre', at, ...details }
}

function engineWith(...hints: LearnedHint[]): SearchEngine {
  const engine = makeEngine([canteen, secret])
  engine.learn(new LearnedHints(hints))
  return engine
}

/** All that is said of a question, as text; what the doubt was drawn from holds the whole index, so only its share. */
function rankingOf(engine: SearchEngine, asked: SearchQuestion): string {
  const { hits, doubt, evidence, learned } = engine.search(asked)
  const ranked = hits.map(({ document, ...hit }) => ({ ...hit, document: document.document }))
  return JSON.stringify({ ranked, doubt, coverage: evidence?.coverage, learned })
}

const keysOf = ({ hits }: SearchResult) => hits.map(({ clause }) => clause.key)
const ask = (engine: SearchEngine, question: string, readers: readonly Reader[] = [guest]) =>
  answerQuestion(engine, { id: 'a', question, language: 'zh-CN', history: [], readers })

describe('a learned question', () => {
  test('brings its clause to the top and lifts the refusal', () => {
    const question = '打饭的阿姨几点下班'
    expect(ask(engineWith(), question).refused).toBe(true)
    const answer = ask(engineWith(hint(question, '第3条')), `请问${question}？`)
    expect(answer).toMatchObject({ refused: false, tentative: false, learned: `hint${count}` })
    expect(answer.citations.map(({ clause }) => clause.key)).toEqual(['第3条'])
  })

  test('answers where no word of it stands in any document', () => {
    const engine = engineWith(hint('wifi密码', '第2条'))
    expect(keysOf(engine.search({ question: 'WIFI 密码？' }))).toEqual(['第2条'])
  })

  test('leaves every other question alone', () => {
    const question = '外来人员怎样就餐'
    const without = engineWith().search({ question })
    expect(engineWith(hint('外来人员怎样停车', '第3条')).search({ question })).toEqual(without)
  })

  test('does not stand for a question that points back at another', () => {
    const engine = engineWith(hint('那个呢', '第3条'))
    expect(engine.search({ question: '那个呢', history: ['餐补什么时候发'] }).learned).toBeUndefined()
    expect(engine.search({ question: '那个呢' }).learned?.id).toBe(`hint${count}`)
  })

  test('gives way to a clause that is asked for by its number', () => {
    const engine = engineWith(hint('第2条讲什么', '第3条'))
    expect(keysOf(engine.search({ question: '第2条讲什么' }))[0]).toBe('第2条')
  })

  test('a cadre counts before thanks, the nearest before both, and the later before the earlier', () => {
    const top = (question: string, ...hints: LearnedHint[]) =>
      keysOf(engineWith(...hints).search({ question }))[0]
    const question = '打饭的阿姨几点下班'
    const earlier = hint(question, '第1条')
    const later = hint(question, '第2条')
    const thanks = hint(question, '第3条', { source: 'thanks' })
    expect(top(question, earlier, later, thanks)).toBe('第2条')
    expect(top(question, thanks, later, earlier)).toBe('第2条')
    expect(top(question, earlier, thanks)).toBe('第1条')
    const slip = hint('打饭的阿姨几典下班', '第1条')
    expect(top(question, slip, thanks)).toBe('第3条')
  })

  test('whose clause is no longer there does nothing, and none stands in its way', () => {
    const engine = engineWith(hint('打饭几点', '第9条'), hint('打饭几点', '第1条', { document: '没有' }))
    expect(engine.search({ question: '打饭几点' })).toEqual(engineWith().search({ question: '打饭几点' }))
    const two = engineWith(hint('打饭几点', '第2条', { source: 'thanks' }), hint('打饭几点', '第9条'))
    expect(keysOf(two.search({ question: '打饭几点' }))[0]).toBe('第2条')
  })
})

describe('a hint to a closed document', () => {
  const question = '接送的大巴几点走'
  const closed = () => engineWith(hint(question, '第1条', { document: '内部' }))

  test('shows to nobody who may not read it, not even by a doubt', () => {
    const without = engineWith()
    for (const readers of [[], [guest], [insider, guest]]) {
      const asked = { question, readers }
      expect(closed().search(asked)).toEqual(without.search(asked))
      expect(ask(closed(), question, readers)).toEqual(ask(without, question, readers))
    }
    expect(ask(closed(), question, [insider])).toMatchObject({ refused: false })
  })

  test('shows no longer from the moment in which its document is closed', () => {
    const engine = engineWith(hint(question, '第1条'))
    expect(engine.search({ question }).doubt).toBe(0)
    engine.restrict([{ document: '食堂', version: 1, visibility: closedTo('总部') }])
    expect(engine.search({ question }).learned).toBeUndefined()
    expect(engine.search({ question, readers: [insider] }).learned).toBeDefined()
  })
})

test('whatever is learned and taken away again leaves every ranking as it was', () => {
  const questions = ['打饭几点', '外来人员怎样就餐', '餐补发多少', '班车几点开', '厨房谁来打扫']
  const engine = makeEngine([canteen, secret])
  const ranked = () =>
    questions.flatMap((question) =>
      [[guest], [insider]].map((readers) => rankingOf(engine, { question, readers })),
    )
  const before = ranked()
  const anyHint = fc.record({
    question: fc.constantFrom(...questions),
    key: fc.constantFrom('第1条', '第2条', '第3条', '第9条'),
    document: fc.constantFrom('食堂', '内部'),
    source: fc.constantFrom('cadre' as const, 'thanks' as const),
  })
  const known = fc.array(anyHint, { maxLength: 12 })
  fc.assert(
    fc.property(known, known, (first, second) => {
      const make = (hints: typeof first) => new LearnedHints(hints.map((one) => hint('', '', one)))
      engine.learn(make(first))
      ranked()
      engine.learn(make([...first, ...second]))
      const both = ranked()
      engine.learn(make([]))
      expect(ranked()).toEqual(before)
      // The test would prove nothing where no hint does anything.
      if (first.some(({ document, key }) => document === '食堂' && key !== '第9条')) {
        expect(both).not.toEqual(before)
      }
    }),
    { numRuns: 40 },
  )
})

describe('the development questions', () => {
  let engine: SearchEngine
  const asked = readFileSync('test/data/questions-development.jsonl', 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { question: string; history?: string[] })
  beforeAll(async () => {
    engine = await openSeedEngine()
  })
  const ranked = () => asked.map((one) => rankingOf(engine, one))

  test('are ranked and doubted the same, byte for byte, before learning and after unlearning', () => {
    const before = ranked()
    const hints = asked.map(({ question }) => hint(question, '三/十', { document: 'guideline' }))
    engine.learn(new LearnedHints(hints))
    const learned = ranked()
    expect(learned.filter((one, i) => one !== before[i]).length).toBeGreaterThan(asked.length / 2)
    engine.learn(new LearnedHints([]))
    expect(ranked()).toEqual(before)
  })

  test('are left alone by what was learned of other questions', () => {
    const before = ranked()
    engine.learn(
      new LearnedHints([
        hint('食堂几点开门', '三/十', { document: 'guideline' }),
        hint('班车从哪里出发', '二/五', { document: 'guideline' }),
      ]),
    )
    expect(ranked()).toEqual(before)
  })
})
