import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Account } from '../../src/chat/incoming.ts'
import type { Answer, Citation } from '../../src/features/policy/answer.ts'
import {
  askPerson,
  listGaps,
  normaliseQuestion,
  type Occasion,
  recordAnswer,
  recordFeedback,
} from '../../src/features/policy/answer-log.ts'
import { describeEachDatabase } from './each-database.ts'

const citation: Citation = {
  document: 'guideline',
  version: 1,
  title: '意见',
  issuers: '',
  effective: null,
  clause: {
    key: '三/十',
    kind: 'clause',
    number: 10,
    label: '（十）',
    path: ['三、方法'],
    lead: '创新。',
    text: '（十）创新。',
  },
  quote: '创新',
  spans: [[3, 5]],
  english: [],
}

function answer(id: string, question: string, refused = false): Answer {
  const citations = refused ? [] : [citation]
  const nearest = refused ? citation : null
  return {
    id,
    question,
    language: 'zh-CN',
    refused,
    tentative: false,
    citations,
    nearest,
    related: [],
    statements: [],
    ruling: null,
  }
}

const account = (user: string): Account => ({ platform: 'web', installation: 'here', user })

function occasion(user: string, minute = 0): Occasion {
  const conversation = { platform: 'web', installation: 'here', chat: user, thread: '' }
  return { account: account(user), conversation, at: new Date(Date.UTC(2026, 2, 1, 8, minute)) }
}

describeEachDatabase('answer log', (open) => {
  test('keeps an answer with its citations, once', async () => {
    const { store } = await open()
    for (const _time of [1, 2]) {
      await store.transaction((trx) => recordAnswer(trx, answer('a1', '要多少人？'), occasion('li')))
    }
    const rows = await store.db.selectFrom('answer_given').selectAll().execute()
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({ id: 'a1', refused: 0, at: '2026-03-01T08:00:00.000Z' })
    expect(JSON.parse(rows[0]!.citations)).toEqual([
      { document: 'guideline', version: 1, key: '三/十', clause: 10, label: '（十）', quote: '创新' },
    ])
    expect(await listGaps(store.db)).toEqual([])
  })

  test('keeps one verdict per account and answer, the last', async () => {
    const { store } = await open()
    await store.transaction((trx) => recordAnswer(trx, answer('a1', '要多少人？'), occasion('li')))
    const at = new Date(0)
    await store.transaction((trx) => recordFeedback(trx, 'a1', account('li'), 'up', at))
    await store.transaction((trx) => recordFeedback(trx, 'a1', account('wang'), 'up', at))
    expect(await store.transaction((trx) => recordFeedback(trx, 'a1', account('li'), 'down', at))).toBe(true)
    const rows = await store.db.selectFrom('feedback').select(['account', 'verdict']).execute()
    expect(rows.map(({ verdict }) => verdict).sort()).toEqual(['down', 'up'])
    expect(rows.find((row) => row.account.includes('li'))?.verdict).toBe('down')
  })

  test('a verdict or a wish for an answer that is not there is told apart', async () => {
    const { store } = await open()
    expect(
      await store.transaction((trx) => recordFeedback(trx, 'gone', account('li'), 'up', new Date(0))),
    ).toBe(false)
    expect(await store.transaction((trx) => askPerson(trx, 'gone'))).toBe(false)
  })

  test('a refusal is kept as a gap; equal questions are one, those who want a person come first', async () => {
    const { store } = await open()
    const asked: [string, string, string][] = [
      ['a1', '食堂几点开门？', 'li'],
      ['a2', ' 食堂几点开门?', 'wang'],
      ['a3', '食堂几点开门', 'wang'],
      ['a4', '班车在哪里坐？', 'li'],
    ]
    for (const [index, [id, question, user]] of asked.entries()) {
      await store.transaction((trx) => recordAnswer(trx, answer(id, question, true), occasion(user, index)))
    }
    expect((await listGaps(store.db)).map(({ question }) => question)).toEqual([
      '食堂几点开门',
      '班车在哪里坐？',
    ])
    for (const _time of [1, 2]) await store.transaction((trx) => askPerson(trx, 'a4'))
    const gaps = await listGaps(store.db)
    expect(gaps.map(({ times, askers, wantsPerson }) => [times, askers, wantsPerson])).toEqual([
      [1, 1, true],
      [3, 2, false],
    ])
    expect(gaps[1]).toMatchObject({
      nearest: { document: 'guideline', key: '三/十' },
      firstAt: new Date('2026-03-01T08:00:00.000Z'),
      lastAt: new Date('2026-03-01T08:02:00.000Z'),
    })
  })

  test('forty people at once lose nothing', async () => {
    const { store } = await open()
    const people = Array.from({ length: 40 }, (_, index) => `person${index}`)
    await Promise.all(
      people.map(async (user) => {
        await store.transaction((trx) =>
          recordAnswer(trx, answer(user, '班车在哪里坐？', true), occasion(user)),
        )
        await store.transaction((trx) => recordFeedback(trx, user, account(user), 'down', new Date(0)))
        await store.transaction((trx) => askPerson(trx, user))
      }),
    )
    expect(await listGaps(store.db)).toMatchObject([{ times: 40, askers: 40, wantsPerson: true }])
    expect(await store.db.selectFrom('feedback').selectAll().execute()).toHaveLength(40)
  })

  test('asking a person after an answer that did not help makes it a gap', async () => {
    const { store } = await open()
    await store.transaction((trx) => recordAnswer(trx, answer('a1', '要多少人？'), occasion('li')))
    expect(await store.transaction((trx) => askPerson(trx, 'a1'))).toBe(true)
    expect(await listGaps(store.db)).toMatchObject([{ question: '要多少人？', wantsPerson: true, times: 1 }])
  })
})

test('a question is the same whatever its width, case and punctuation', () => {
  expect(normaliseQuestion('ＡＰＰ　怎么用？')).toBe(normaliseQuestion('app怎么用'))
  expect(normaliseQuestion('要80人吗')).not.toBe(normaliseQuestion('要90人吗'))
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(normaliseQuestion(`${normaliseQuestion(text)}？`)).toBe(normaliseQuestion(text))
    }),
  )
})
