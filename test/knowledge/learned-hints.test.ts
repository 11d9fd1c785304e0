import { expect, test } from 'vitest'
import type { Account } from '../../src/chat/incoming.ts'
import { accountKey } from '../../src/chat/keys.ts'
import type { Answer, Citation } from '../../src/features/policy/answer.ts'
import { listGaps, recordAnswer, recordFeedback } from '../../src/features/policy/answer-log.ts'
import { assignGap } from '../../src/features/policy/assign-gap.ts'
import { learnFromPerson } from '../../src/features/policy/learn-hints.ts'
import {
  activeHints,
  adoptHint,
  assignClause,
  hintRevision,
  listHints,
  removeHint,
} from '../../src/knowledge/learned/hints.ts'
import { createPerson, linkAccount } from '../../src/people/people.ts'
import type { Store } from '../../src/store/store.ts'
import { makeClause } from '../search/make-library.ts'
import { describeEachDatabase } from '../store/each-database.ts'

const account = (user: string): Account => ({ platform: 'web', installation: 'here', user })
const keyOf = (user: string) => accountKey(account(user))
const at = (minute: number) => new Date(Date.UTC(2026, 2, 1, 8, minute))

function citing(number: number): Citation {
  const clause = makeClause(number, '餐补每月发放')
  return {
    ...{ document: '食堂', version: 1, title: '食堂办法', issuers: '', effective: null, clause },
    ...{ quote: '餐补', spans: [[3, 5]], english: [] },
  }
}

/** A house in which questions are asked, answered and judged, a minute each. */
function houseOf(store: Store) {
  let minute = 0
  return {
    async ask(user: string, question: string, cited: number | null, details: Partial<Answer> = {}) {
      minute++
      const answer: Answer = {
        ...{ id: `a${minute}`, question, language: 'zh-CN', refused: cited === null, tentative: false },
        citations: cited === null ? [] : [citing(cited)],
        ...{ nearest: cited === null ? citing(1) : null, related: [], statements: [], ruling: null },
        ...details,
      }
      const conversation = { platform: 'web', installation: 'here', chat: user, thread: '' }
      await store.transaction((trx) =>
        recordAnswer(trx, answer, { account: account(user), conversation, at: at(minute) }),
      )
      return answer.id
    },
    judge(user: string, answer: string, verdict: 'up' | 'down') {
      minute++
      return store.transaction((trx) => recordFeedback(trx, answer, account(user), verdict, at(minute)))
    },
    /** Makes them persons; everybody else is a guest. */
    know(...users: string[]) {
      return store.transaction(async (trx) => {
        for (const user of users) {
          const { id } = await createPerson(trx, { name: user })
          await linkAccount(trx, account(user), id, at(0))
        }
      })
    },
    async thank(user: string, question: string, cited: number) {
      const answer = await this.ask(user, question, cited)
      await this.judge(user, answer, 'up')
      return answer
    },
  }
}

describeEachDatabase('learned hints', (open) => {
  test('two people in two conversations make one, once', async () => {
    const { store } = await open()
    const house = houseOf(store)
    await house.know('wang')
    const before = await hintRevision(store.db)
    await house.thank('li', '餐补什么时候发', 1)
    expect(await activeHints(store.db)).toEqual([])
    await house.thank('wang', '请问餐补什么时候发？', 1)
    await house.thank('zhao', '餐补什么时候发呢', 1)
    expect(await activeHints(store.db)).toMatchObject([{ document: '食堂', key: '第1条', source: 'thanks' }])
    expect(await hintRevision(store.db)).toBe(before + 1)
    const proof = await store.db.selectFrom('hint_thanks').select(['answer', 'hint']).execute()
    expect(proof.filter(({ hint }) => hint !== null)).toHaveLength(2)
  })

  test('one person does not, from however many accounts and answers', async () => {
    const { store } = await open()
    const house = houseOf(store)
    await store.transaction(async (trx) => {
      const { id } = await createPerson(trx, { name: '李梅' })
      for (const user of ['phone', 'desk']) await linkAccount(trx, account(user), id, at(0))
    })
    for (const user of ['phone', 'desk', 'phone']) await house.thank(user, '餐补什么时候发', 1)
    expect(await activeHints(store.db)).toEqual([])
    await house.thank('wang', '餐补什么时候发', 1)
    expect(await activeHints(store.db)).toHaveLength(1)
  })

  test('guests alone neither make one nor put one out, but may take back their own thanks', async () => {
    const { store } = await open()
    const house = houseOf(store)
    for (const user of ['one', 'two', 'three']) await house.thank(user, '餐补什么时候发', 1)
    expect(await activeHints(store.db)).toEqual([])
    await house.know('li')
    await house.thank('li', '餐补什么时候发', 1)
    expect(await activeHints(store.db)).toHaveLength(1)
    await house.judge('four', await house.ask('four', '餐补什么时候发', 1), 'down')
    expect(await activeHints(store.db)).toHaveLength(1)
    await house.judge('one', 'a1', 'down')
    expect(await activeHints(store.db)).toEqual([])
  })

  test('two people of one conversation do not', async () => {
    const { store } = await open()
    const house = houseOf(store)
    const answer = await house.thank('li', '餐补什么时候发', 1)
    await house.judge('wang', answer, 'up')
    expect(await activeHints(store.db)).toEqual([])
  })

  test.each([
    ['another clause', '餐补什么时候发', 2],
    ['another question', '餐补由谁来发', 1],
  ])('%s does not', async (_what, question, cited) => {
    const { store } = await open()
    const house = houseOf(store)
    await house.know('li', 'wang')
    await house.thank('li', '餐补什么时候发', 1)
    await house.thank('wang', question, cited)
    expect(await activeHints(store.db)).toEqual([])
  })

  test('neither a refusal nor a question that points back does', async () => {
    const { store } = await open()
    const house = houseOf(store)
    await house.know('li', 'wang')
    for (const user of ['li', 'wang']) {
      await house.judge(user, await house.ask(user, '食堂几点开', null), 'up')
      await house.thank(user, '那他们呢', 1)
    }
    expect(await activeHints(store.db)).toEqual([])
  })

  test('a third who disagrees leaves it to a cadre, who may adopt it for good', async () => {
    const { store } = await open()
    const house = houseOf(store)
    await house.know('li', 'wang', 'zhao', 'sun')
    for (const user of ['li', 'wang']) await house.thank(user, '餐补什么时候发', 1)
    await house.judge('zhao', await house.ask('zhao', '餐补什么时候发？', 1), 'down')
    expect(await activeHints(store.db)).toEqual([])
    const [proposed] = await listHints(store.db)
    expect(proposed).toMatchObject({ state: 'proposed', source: 'thanks' })
    await house.thank('qian', '餐补什么时候发', 1)
    expect(await activeHints(store.db)).toEqual([])
    const by = await store.transaction((trx) => createPerson(trx, { name: '周建国' }))
    expect(await store.transaction((trx) => adoptHint(trx, proposed!.id, by.id, at(50)))).toBe(true)
    expect(await store.transaction((trx) => adoptHint(trx, proposed!.id, by.id, at(51)))).toBe(false)
    await house.judge('sun', await house.ask('sun', '餐补什么时候发？', 1), 'down')
    expect(await listHints(store.db)).toMatchObject([
      { state: 'active', source: 'cadre', byName: '周建国', at: at(50).toISOString() },
    ])
  })

  test('what a cadre took away does not come back by thanks, but by a cadre', async () => {
    const { store } = await open()
    const house = houseOf(store)
    await house.know('li', 'wang', 'zhao', 'qian')
    for (const user of ['li', 'wang']) await house.thank(user, '餐补什么时候发', 1)
    const { id } = (await activeHints(store.db))[0]!
    const before = await hintRevision(store.db)
    expect(await store.transaction((trx) => removeHint(trx, id, 'p', at(40)))).toBe(true)
    expect(await store.transaction((trx) => removeHint(trx, id, 'p', at(41)))).toBe(false)
    expect(await hintRevision(store.db)).toBe(before + 1)
    for (const user of ['zhao', 'qian']) await house.thank(user, '餐补什么时候发', 1)
    expect(await listHints(store.db)).toEqual([])
    const settled = {
      question: '餐补什么时候发',
      language: 'zh-CN',
      document: '食堂',
      key: '第1条',
      asker: null,
    }
    const again = await store.transaction((trx) => assignClause(trx, settled, 'p', at(42)))
    expect((await activeHints(store.db)).map((hint) => hint.id)).toEqual([again])
    expect(await store.transaction((trx) => assignClause(trx, settled, 'p', at(43)))).toBe(again)
  })

  test('a gap put under a clause is closed for all who asked, and open again for who asks in vain later', async () => {
    const { store } = await open()
    const house = houseOf(store)
    await house.ask('li', '食堂几点开门？', null)
    const answer = await house.ask('wang', '食堂几点开门', null)
    await house.ask('wang', '班车几点开', null)
    const clause = { document: '食堂', key: '第1条' }
    const gap = { answer, question: '食堂几点开门', language: 'zh-CN', account: keyOf('wang') }
    await store.transaction((trx) => assignGap(trx, gap, clause, 'p', at(20)))
    expect((await listGaps(store.db)).map(({ question }) => question)).toEqual(['班车几点开'])
    expect(await listHints(store.db)).toMatchObject([{ ...clause, asker: keyOf('wang'), by: 'p' }])
    await house.ask('zhao', '食堂几点开门', null)
    expect(await listGaps(store.db)).toHaveLength(2)
  })

  test('a person who answers and names a clause teaches; one who names none does not', async () => {
    const { store } = await open()
    const house = houseOf(store)
    const answer = await house.ask('li', '食堂几点开门？', null)
    const event = { answer, question: '请问食堂几点开门', by: 'p' }
    await store.transaction((trx) => learnFromPerson(trx, { ...event, clause: null }, at(20)))
    expect(await activeHints(store.db)).toEqual([])
    const clause = { document: '食堂', key: '第3条' }
    await store.transaction((trx) => learnFromPerson(trx, { ...event, clause }, at(21)))
    // Whoever answered has read nothing but this: what the asker asked before is not what was settled.
    const edited = { ...event, question: '食堂在哪里', clause }
    await store.transaction((trx) => learnFromPerson(trx, edited, at(22)))
    await store.transaction((trx) =>
      learnFromPerson(trx, { ...edited, question: '班车几点开', answer: null }, at(23)),
    )
    expect((await listHints(store.db)).map(({ question, asker }) => [question, asker])).toEqual([
      ['班车几点开', null],
      ['食堂在哪里', keyOf('li')],
      ['食堂几点开门？', keyOf('li')],
    ])
  })

  test('it is known how many answers one has settled', async () => {
    const { store } = await open()
    const house = houseOf(store)
    const settled = {
      question: '餐补什么时候发',
      language: 'zh-CN',
      document: '食堂',
      key: '第1条',
      asker: null,
    }
    const learned = await store.transaction((trx) => assignClause(trx, settled, null, at(0)))
    for (const user of ['li', 'wang']) await house.ask(user, '餐补什么时候发', 1, { learned })
    await house.ask('li', '餐补发多少', 1)
    expect(await listHints(store.db)).toMatchObject([{ used: 2, by: null, byName: null }])
  })

  test('thanks that come together make one hint', async () => {
    const { store } = await open()
    const house = houseOf(store)
    const users = Array.from({ length: 8 }, (_, i) => `person${i}`)
    await house.know(...users)
    const answers: string[] = []
    for (const user of users) answers.push(await house.ask(user, '餐补什么时候发', 1))
    await Promise.all(users.map((user, i) => house.judge(user, answers[i]!, 'up')))
    expect(await activeHints(store.db)).toHaveLength(1)
  })
})
