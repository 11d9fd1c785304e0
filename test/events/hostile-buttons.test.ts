import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Acknowledgement } from '../../src/chat/form-view.ts'
import { PlainError } from '../../src/messages/plain-error.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { dumpDatabase } from '../submissions/dump-database.ts'
import { type EventsHouse, openEventsHouse } from './events-house.ts'
import { registered, registeredPublic } from './registered.ts'
import { pressAll } from './registering-people.ts'

/** What nobody changes who has no part in an event; presses are kept with their refusals. */
const kept =
  /^(?:outbox|event_(?:entry|registration|seats|reserve|history|check_in|check_in_undone|hours|feedback|material|message|card))\./

describeEachDatabase('buttons that somebody made up', (open) => {
  let house: EventsHouse
  beforeEach(async () => {
    house = await openEventsHouse(open)
  })
  afterEach(async () => {
    await house.stop()
    expect(house.errors).toEqual([])
  })

  const rows = async () => (await dumpDatabase(house.store)).filter(({ place }) => kept.test(place))

  /** What a press gave, or the key of what was said against it. */
  async function press(
    user: string,
    action: string,
    value: Record<string, string>,
  ): Promise<Acknowledgement | string> {
    try {
      if (house.errors.length > 0) throw new Error('before')
      return await house.click(user, { action: `events.${action}`, value })
    } catch (error) {
      if (error instanceof PlainError && house.errors.length === 0) return error.key
      throw new Error(`${user} ${action} ${JSON.stringify(value).slice(0, 200)}`, {
        cause: house.errors.splice(0)[0] ?? error,
      })
    }
  }

  /** An event of a branch, which nobody else sees, with people of every state, and a draft. */
  async function openBranch() {
    const branch = house.people.branch!
    const event = await house.event({
      ...{ organisation: branch, capacity: 1, place: '秘密会议室' },
      audience: { organisations: [branch], roles: [], public: false },
    })
    await pressAll(house, event, ['张三', '陈晨', '孙工'])
    await pressAll(house, event, ['张三'], { type: 'cancel' })
    const asks = await registered(house, event, '褚工', { state: 'requested', asked_to_leave_at: null })
    const sealed = await registeredPublic(house, event, '郑不语')
    const draft = await house.event({ organisation: branch, title: '还没有定的事' })
    await house.store.transaction((trx) =>
      trx.updateTable('event_entry').set({ state: 'draft' }).where('id', '=', draft.row.id).execute(),
    )
    const all = await house.store.db.selectFrom('event_registration').select('id').execute()
    return { event, draft, ids: all.map(({ id }) => id), asks, sealed }
  }

  test.each(['外人', '访客', '张三'])(
    'of %s show and change nothing of what is not theirs',
    async (user) => {
      const { event, draft, ids } = await openBranch()
      const until = '9999-01-01T00:00:00.000Z'
      const values = [event, draft].flatMap(({ row }) => [
        { event: row.id },
        { event: row.number },
        ...ids.map((registration) => ({
          ...{
            event: row.id,
            registration,
            registrations: ids.join(','),
            until,
            ticket: `9999999999.${'A'.repeat(22)}`,
          },
          ...{
            chat: 'all',
            show: 'all',
            to: 'all',
            people: '陈晨',
            change: '1',
            code: 'AAAAAAAA',
            number: row.number,
          },
        })),
      ])
      // 张三 is invited, and may register, and see the event where it is listed.
      const theirs = new Set(user === '张三' ? ['register', 'register-form', 'cancel', 'show', 'list'] : [])
      const before = await rows()
      const shown: string[] = []
      for (const action of Object.keys(house.feature.actions)) {
        if (theirs.has(action)) continue
        for (const value of values) {
          const answer = await press(user, action, value)
          const text = JSON.stringify(answer)
          if (/秘密会议室|还没有定的事|陈晨|褚工|郑不语/.test(text))
            shown.push(`${action} ${text.slice(0, 300)}`)
          if (typeof answer !== 'string' && answer.form && action !== 'begin')
            shown.push(`${action} opens a form`)
        }
      }
      await house.settle()
      expect([...new Set(shown)]).toEqual([])
      expect(await rows()).toEqual(before)
    },
    60_000,
  )

  test('and numbers that somebody tries out tell nothing of what is not for them', async () => {
    const { event } = await openBranch()
    for (const words of [
      '报名',
      '取消报名',
      '申请取消',
      '代报名',
      '谁报了名',
      '签到',
      '管理活动',
      '活动反馈',
      '',
    ]) {
      const said = JSON.stringify(await house.type('外人', `${words} ${event.row.number}`))
      expect([words, /工业机器人|秘密会议室/.test(said)]).toEqual([words, false])
    }
    expect(JSON.stringify(await house.type('外人', `报名 ${event.row.number}`))).toContain(
      '不在本次活动的参加范围内',
    )
  })

  test.each(['外人', '吴主席'])(
    'with values of no shape are refused plainly to %s',
    async (user) => {
      const { event, ids } = await openBranch()
      const odd = ['__proto__', "' or 1=1 --", 'x'.repeat(5000), '-1']
      const names = [
        ...[
          'event',
          'registration',
          'registrations',
          'until',
          'from',
          'kind',
          'kinds',
          'chat',
          'after',
          'list',
        ],
        ...['show', 'to', 'ticket', 'change', 'people', 'number', 'code', 'deed', 'message', 'text'],
      ]
      const before = await rows()
      for (const action of Object.keys(house.feature.actions)) {
        for (const word of odd) {
          const made = Object.fromEntries(names.map((name) => [name, word]))
          const of = { event: event.row.id }
          // Whoever is no organiser gets at nothing; an organiser's own buttons may do what they say.
          const values = [made, {}, of, { ...made, ...of }, { ...made, ...of, registration: ids[0]! }]
          for (const value of values) await press(user, action, value)
        }
      }
      if (user === '外人') expect(await rows()).toEqual(before)
    },
    120_000,
  )
})
