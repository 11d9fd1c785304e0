import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { noForms } from '../../test/fakes/no-forms.ts'
import { openTestStore } from '../../test/store/open-test-store.ts'
import type { Card } from '../chat/card.ts'
import type { FormView } from '../chat/form-view.ts'
import type { IncomingAction, IncomingPage } from '../chat/incoming.ts'
import { incomingKey } from '../chat/keys.ts'
import type { PlatformAbilities } from '../chat/platform.ts'
import type { ActionHandler, Click } from '../conversation/feature.ts'
import type { Forms } from '../conversation/forms-port.ts'
import { enqueue } from '../delivery/outbox.ts'
import { PlainError } from '../messages/plain-error.ts'
import { createSeals } from '../seal/passing.ts'
import type { Store } from '../store/store.ts'
import { countNothing } from './counts.ts'
import { createAnswer } from './interactions.ts'

const card = (text: string): Card => ({ tone: 'info', blocks: [{ type: 'text', runs: [{ text }] }] })
const abilitiesOf = (can: boolean): PlatformAbilities => ({
  ...{ updatesCards: can, opensBeside: can, replacesCards: can, showsForms: can, showsWaiting: true },
  keepsCalendar: false,
})
const [all, none] = [abilitiesOf(true), abilitiesOf(false)]
const step = { at: 1, of: 2 }
const view: FormView = {
  ...{ draft: 'd', title: '表', page: 'p', step },
  ...{ intro: [], fields: [], summary: [], steps: [] },
}

let store: Store
let close: () => Promise<void>
let logged: object[]
let counted: string[]
let abilities: PlatformAbilities
let reads: boolean
let run: ActionHandler['run']
let forms: Forms

beforeEach(async () => {
  const opened = await openTestStore({ clock: () => new Date('2026-03-02T01:00:00Z') })
  store = opened.store
  close = opened.close
  logged = []
  counted = []
  abilities = all
  reads = false
  run = async () => ({})
  forms = noForms
})
afterEach(() => close())

function createAnswering(limit = 60_000) {
  const keep = (details: object) => {
    logged.push(details)
  }
  return createAnswer({
    store,
    dispatch: { message: async () => {}, handlerOf: () => ({ reads, run: (click) => run(click) }) },
    forms,
    platforms: [{ name: 'web', abilities }],
    wakeWorkers: () => {
      counted.push('woken')
    },
    logger: { info: keep, warn: keep, error: keep },
    counts: {
      ...countNothing,
      repeated: (platform) => counted.push(`repeated ${platform}`),
      interaction: (platform, seconds) => counted.push(`${platform} ${seconds >= 0}`),
    },
    seals: createSeals(null),
    atStep: () => {},
    limit,
    rush: { answer: async () => ({}), idle: async () => {} },
  })
}
const answer = (interaction: IncomingAction | IncomingPage, limit?: number) =>
  createAnswering(limit)(interaction)

const base = {
  account: { platform: 'web', installation: '', user: 'u' },
  conversation: { platform: 'web', installation: '', chat: 'c', thread: '' },
  language: 'zh-CN' as const,
  at: new Date(0),
}
const click = (id = '1', message?: string): IncomingAction => ({
  ...base,
  id,
  type: 'action',
  action: 'some.thing',
  value: {},
  ...(message === undefined ? {} : { message }),
})
const page: IncomingPage = { ...base, id: '1', type: 'page', draft: 'd', page: 'p', step: 'next', values: {} }
const outbox = () => store.db.selectFrom('outbox').selectAll().orderBy('seq').execute()
const insertPerson = ({ trx }: Pick<Click, 'trx'>, id: string) =>
  trx
    .insertInto('person')
    .values({ id, name: id, language: 'zh-CN', time_zone: 'Asia/Shanghai', preferred_account: null })
    .execute()
const persons = async () =>
  (await store.db.selectFrom('person').select('id').orderBy('id').execute()).map(({ id }) => id)
const kept = () => store.db.selectFrom('interaction').selectAll().execute()

describe('a click', () => {
  test('is answered, and what it did is kept with what it said', async () => {
    run = async (given) => {
      await insertPerson(given, 'p')
      await given.say(card('告知'))
      return { toast: '好' }
    }
    expect(await answer(click())).toEqual({ toast: '好' })
    expect(await persons()).toEqual(['p'])
    expect(await outbox()).toMatchObject([{ id: `${incomingKey(click())}#1`, reply_to: '1', lane: 0 }])
    expect(counted).toEqual(['woken', 'web true'])
  })

  test('that comes again is answered the same, without a second effect', async () => {
    let runs = 0
    run = async (given) => {
      runs += 1
      await insertPerson(given, `p${runs}`)
      return { toast: `第 ${runs} 次`, replace: card('新') }
    }
    const first = await answer(click())
    expect(await answer(click())).toEqual(first)
    const both = await Promise.all([answer(click('2')), answer(click('2')), answer(click('2'))])
    expect(new Set(both.map((one) => JSON.stringify(one))).size).toBe(1)
    expect(await persons()).toEqual(['p1', 'p2'])
    expect(counted.filter((one) => one.startsWith('repeated'))).toHaveLength(3)
  })

  test('with the id of a page is another interaction', async () => {
    run = async () => ({ toast: '按钮' })
    forms = { ...noForms, answerPage: async () => ({ toast: '表单' }) }
    expect(await answer(click('1'))).toEqual({ toast: '按钮' })
    expect(await answer(page)).toEqual({ toast: '表单' })
  })

  test('that is refused plainly, or fails, has no effect and may come again', async () => {
    let thrown: unknown = new PlainError('chat:gone')
    run = async (given) => {
      await insertPerson(given, 'p')
      await given.say(card('告知'))
      if (thrown) throw thrown
      return {}
    }
    await expect(answer(click())).rejects.toMatchObject({ key: 'chat:gone' })
    expect(logged).toEqual([])
    thrown = new Error('secret')
    await expect(answer(click())).rejects.toMatchObject({ key: 'chat:failure', cause: thrown })
    expect(logged).toHaveLength(1)
    expect([await persons(), await outbox(), await kept()]).toEqual([[], [], []])
    thrown = undefined
    expect(await answer(click())).toEqual({})
    expect(await persons()).toEqual(['p'])
  })

  test('that only reads leaves nothing behind, and cannot write', async () => {
    reads = true
    run = async ({ trx }) => ({
      beside: card(`${(await trx.selectFrom('person').selectAll().execute()).length} 人`),
    })
    expect(await answer(click())).toEqual({ beside: card('0 人') })
    expect([await kept(), await outbox()]).toEqual([[], []])
    run = async (given) => {
      await insertPerson(given, 'p')
      return {}
    }
    await expect(answer(click())).rejects.toMatchObject({ key: 'chat:failure' })
    run = async (given) => {
      await given.say(card('x'))
      return {}
    }
    await expect(answer(click())).rejects.toMatchObject({ key: 'chat:failure' })
    expect([await persons(), await outbox()]).toEqual([[], []])
  })
})

describe('a deadline', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  test('that is missed undoes the work, and frees the writer', async () => {
    const gate = Promise.withResolvers<void>()
    const begun = Promise.withResolvers<void>()
    let late: Promise<unknown> | undefined
    run = async (given) => {
      await insertPerson(given, 'p')
      begun.resolve()
      late = gate.promise.then(() => insertPerson(given, 'late'))
      late.catch(() => {})
      await late
      return {}
    }
    const answering = answer(click(), 1000)
    const busy = expect(answering).rejects.toMatchObject({ key: 'chat:busy' })
    await begun.promise
    vi.advanceTimersByTime(1000)
    await busy
    // The next transaction is let in although the work hangs.
    await store.transaction((trx) => insertPerson({ trx }, 'other'))
    gate.resolve()
    await expect(late).rejects.toThrow()
    expect(await persons()).toEqual(['other'])
    expect(await kept()).toEqual([])
  })

  test('that is missed while others write leaves nothing', async () => {
    const gate = Promise.withResolvers<void>()
    const writing = store.transaction(() => gate.promise)
    run = async (given) => {
      await insertPerson(given, 'p')
      return {}
    }
    const busy = expect(answer(click(), 1000)).rejects.toMatchObject({ key: 'chat:busy' })
    vi.advanceTimersByTime(1000)
    await busy
    gate.resolve()
    await writing
    // Whatever stood in line has had its turn by now.
    await store.transaction(async () => {})
    expect([await persons(), await kept()]).toEqual([[], []])
  })
})

describe('what an acknowledgement cannot carry', () => {
  const answered = { toast: '好', replace: card('新'), beside: card('旁') }

  test('is carried where the platform can', async () => {
    run = async () => answered
    expect(await answer(click())).toEqual(answered)
    expect(await outbox()).toEqual([])
  })

  test('goes out through the outbox: an edit of the message, and a message of its own', async () => {
    abilities = none
    await store.transaction(async (trx) => {
      const to = { type: 'conversation' as const, conversation: base.conversation }
      await enqueue(trx, { id: 'first', to, card: card('旧'), lane: 'reply', now: await store.now(trx) })
      await trx
        .updateTable('outbox')
        .set({ state: 'sent', message: 'm-1', sent_at: '2026-03-02T01:00:00.000Z' })
        .execute()
    })
    run = async () => answered
    expect(await answer(click('1', 'm-1'))).toEqual({ toast: '好' })
    expect((await outbox()).slice(1)).toMatchObject([
      { operation: 'edit', of: 'first', card: JSON.stringify(card('新')) },
      { operation: 'send', card: JSON.stringify(card('旁')) },
    ])
    expect(await answer(click('1', 'm-1'))).toEqual({ toast: '好' })
    expect(await outbox()).toHaveLength(3)
  })

  test.each(['unknown', undefined])('is said anew where nobody knows the message (%s)', async (message) => {
    abilities = none
    run = async () => ({ replace: card('新') })
    await answer(click('1', message))
    expect(await outbox()).toMatchObject([{ operation: 'send', card: JSON.stringify(card('新')) }])
  })

  test('of an action that only reads is said once, however often it is pressed at once', async () => {
    abilities = none
    reads = true
    run = async () => ({ beside: card('条款') })
    await Promise.all([answer(click()), answer(click())])
    expect(await outbox()).toMatchObject([{ card: JSON.stringify(card('条款')) }])
  })
})

describe('a form', () => {
  beforeEach(() => {
    run = ({ openForm }) => openForm('help.ask', { values: { question: '问' }, context: { answer: 'a' } })
    forms = {
      ...noForms,
      open: async (_trx, { asView, values, context, person, form }) => {
        expect([values, context, person, form]).toEqual([
          { question: '问' },
          { answer: 'a' },
          null,
          'help.ask',
        ])
        return asView ? { view } : { card: card('第一问') }
      },
    }
  })

  test('is shown beside the conversation where the platform can', async () => {
    expect(await answer(click())).toEqual({ form: view })
  })

  test('is asked in the conversation elsewhere', async () => {
    abilities = { ...none, opensBeside: true }
    expect(await answer(click())).toEqual({})
    expect(await outbox()).toMatchObject([{ card: JSON.stringify(card('第一问')) }])
  })

  test('has its pages taken in one transaction, once', async () => {
    let pages = 0
    forms = {
      ...noForms,
      answerPage: async (trx, { values }, { say, language }) => {
        pages += 1
        await insertPerson({ trx }, `p${pages}`)
        await say(card(`回执 ${language} ${JSON.stringify(values)}`))
        return { closed: true }
      },
    }
    expect(await answer(page)).toEqual({ closed: true })
    expect(await answer(page)).toEqual({ closed: true })
    expect(await persons()).toEqual(['p1'])
    expect(await outbox()).toHaveLength(1)
  })
})
