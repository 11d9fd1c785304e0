import { expect, test } from 'vitest'
import {
  keepException,
  pauseReminder,
  resumeReminder,
} from '../../src/features/reminders/making/keep-reminder.ts'
import { readReminders } from '../../src/features/reminders/records.ts'
import { bindChat } from '../../src/people/chats.ts'
import { setOwnDay } from '../../src/timers/calendar/own-days.ts'
import { createTimerWorker } from '../../src/timers/timer-worker.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { branchGroup } from './duties-house.ts'
import { at, openRunning, said } from './running-house.ts'

const daily = {
  type: 'rrule' as const,
  rrule: 'FREQ=DAILY',
  from: '2026-03-03T09:00',
  onDayOff: 'send' as const,
}
const lastWorkingDay = {
  ...{ type: 'working-day' as const, period: 'month' as const, nth: -1, time: '09:00' },
  ...{ from: '2026-03-01', until: null },
}

describeEachDatabase('reminders whose times change', (open) => {
  test('are counted again when own days do: later, earlier, and at once where that has passed', async () => {
    const { house, make, goTo, runs, row } = await openRunning(open)
    const { store, people } = house
    const one = await make({ rule: lastWorkingDay })
    const fixed = await make({ rule: daily })
    const nextAt = async () => (await row(one.row.id)).next_at
    const dayOff = (day: string, working = false) =>
      store.transaction((trx) => setOwnDay(trx, people.group!, { day, working, name: '厂庆' }))
    expect(await nextAt()).toBe(at('2026-03-31T09:00').toISOString())
    await dayOff('2026-03-31')
    await goTo('2026-03-02T09:01')
    expect(await nextAt()).toBe(at('2026-03-30T09:00').toISOString())
    await dayOff('2026-03-31', true)
    await goTo('2026-03-31T08:59')
    expect(await runs(one.row.id)).toEqual([])
    // It should have been the day before: it comes at once, and is not called late.
    await dayOff('2026-03-31')
    await goTo('2026-03-31T08:59')
    expect(said(await runs(one.row.id))).toEqual(['2026-03-31T00:59 sent'])
    await dayOff('2026-03-31', true)
    await goTo('2026-03-31T09:30')
    expect(await runs(one.row.id)).toHaveLength(1)
    expect((await runs(fixed.row.id)).length).toBeGreaterThan(20)
    await house.stop()
  })

  test('run neither while paused, nor for what was skipped, and moved ones at their new time', async () => {
    const { house, make, goTo, runs } = await openRunning(open)
    const { store, people } = house
    const [paused, changed] = [await make({ rule: daily }), await make({ rule: daily })]
    const doing = () => ({ by: people.王强!, now: house.time.now })
    const again = async (id: string) => (await readReminders(store.db, [id]))[0]!
    await store.transaction((trx) => pauseReminder(trx, paused, doing()))
    await store.transaction((trx) => keepException(trx, changed, '2026-03-03T09:00', 'skip', doing()))
    const skipped = await again(changed.row.id)
    await store.transaction((trx) =>
      keepException(trx, skipped, '2026-03-04T09:00', '2026-03-04T15:30', doing()),
    )
    await goTo('2026-03-04T15:29')
    expect([await runs(paused.row.id), await runs(changed.row.id)]).toEqual([[], []])
    const resumed = await again(paused.row.id)
    await store.transaction((trx) => resumeReminder(trx, resumed, doing()))
    await goTo('2026-03-04T15:30')
    await goTo('2026-03-05T09:00')
    expect(said(await runs(paused.row.id))).toEqual(['2026-03-05T01:00 sent'])
    expect(said(await runs(changed.row.id))).toEqual(['2026-03-04T07:30 sent', '2026-03-05T01:00 sent'])
    await house.stop()
  })

  test('do not run where they are paused between the claim and the run', async () => {
    const { house, make, runs } = await openRunning(open)
    const { store, people } = house
    const one = await make({ rule: daily })
    const other = await make({ rule: daily })
    house.time.now = at('2026-03-03T09:00')
    const worker = createTimerWorker({
      ...{
        store,
        calendarFiles: null,
        logger: { error: (details) => expect.unreachable(JSON.stringify(details)) },
      },
      handlers: Object.assign({}, ...house.duties.features.map(({ timers }) => timers)),
      async steps(step) {
        if (step !== 'claimed' || (await runs(other.row.id)).length > 0) return
        const [now] = await readReminders(store.db, [one.row.id])
        if (now!.row.state !== 'active') return
        await store.transaction((trx) => pauseReminder(trx, now!, { by: people.王强!, now: house.time.now }))
      },
    })
    await worker.idle()
    expect(said(await runs(one.row.id))).toEqual([])
    expect(said(await runs(other.row.id))).toEqual(['2026-03-03T01:00 sent'])
    await house.stop()
  })

  test('reach nobody by a target that is gone: the owner hears of it once, the others are told', async () => {
    const { house, make, goTo, runs, items } = await openRunning(open)
    const { store, people } = house
    const [branch] = [people.branch!]
    const mixed = await make({
      rule: daily,
      targets: [
        { kind: 'role', role: 'instructor', organisation: branch, below: false },
        { kind: 'person', person: people.张三! },
      ],
    })
    const empty = await make({
      ...{ rule: daily, owner: null },
      targets: [{ kind: 'role', role: 'instructor', organisation: branch, below: true }],
    })
    await store.transaction((trx) => trx.deleteFrom('account').where('person', '=', people.张三!).execute())
    await goTo('2026-03-03T09:00')
    expect((await runs(mixed.row.id)).map(({ outcome }) => outcome)).toEqual(['nobody'])
    expect((await runs(empty.row.id)).map(({ outcome }) => outcome)).toEqual(['nobody'])
    expect(await items(mixed.row.id)).toEqual([])
    const warned = () => house.cardsOf('王强').filter(({ title }) => title === '提醒对象联系不上')
    // Two targets of his own, and one of the organisation whose cadre he is.
    expect(warned()).toHaveLength(3)
    await goTo('2026-03-04T09:00')
    expect(warned()).toHaveLength(3)
    const problems = await store.db
      .selectFrom('reminder_target')
      .select('problem')
      .where('problem', '!=', '')
      .execute()
    expect(problems.map(({ problem }) => problem).toSorted()).toEqual([
      'reminding:target.no-account',
      'reminding:target.no-holder',
      'reminding:target.no-holder',
    ])
    await house.stop()
  })

  test('are no more sent to a group that is bound to another organisation; what is open there ends', async () => {
    const { house, make, goTo, runs, items } = await openRunning(open)
    const { store, people } = house
    const made = await make({ rule: daily, each: false, targets: [{ kind: 'chat', chat: branchGroup }] })
    await goTo('2026-03-03T09:00')
    const shown = house.cardsIn(branchGroup).length
    await store.transaction((trx) => bindChat(trx, branchGroup, people.other!))
    await goTo('2026-03-04T09:00')
    expect((await runs(made.row.id)).map(({ outcome }) => outcome)).toEqual(['sent', 'nobody'])
    expect((await items(made.row.id)).map(({ state }) => state)).toEqual(['ended'])
    expect(house.cardsIn(branchGroup)).toHaveLength(shown)
    expect(JSON.stringify(house.cardsOf('王强').at(-1))).toContain('现已绑定其他单位')
    // Bound back, it is reached again.
    await store.transaction((trx) => bindChat(trx, branchGroup, people.branch!))
    await goTo('2026-03-05T09:00')
    expect((await runs(made.row.id)).map(({ outcome }) => outcome)).toEqual(['sent', 'nobody', 'sent'])
    await house.stop()
  })

  test('of a group from which the bot was removed the owner hears once, within hours', async () => {
    const { house, make, goTo } = await openRunning(open)
    const { store } = house
    const one = await make({ rule: daily, targets: [{ kind: 'chat', chat: branchGroup }], each: false })
    house.fake.fate = ({ to }) => (to.type === 'conversation' ? 'gone' : 'ok')
    await goTo('2026-03-03T09:00')
    await goTo('2026-03-03T10:01')
    const warned = () => house.cardsOf('王强').filter(({ title }) => title === '提醒对象联系不上')
    expect(warned()).toHaveLength(1)
    await goTo('2026-03-04T09:00')
    await goTo('2026-03-04T10:01')
    expect(warned()).toHaveLength(1)
    const problem = () =>
      store.db.selectFrom('reminder_target').select('problem').where('reminder', '=', one.row.id).execute()
    expect(await problem()).toEqual([{ problem: 'reminding:target.gone' }])
    // It was taken in again.
    house.fake.fate = () => 'ok'
    await goTo('2026-03-05T09:00')
    await goTo('2026-03-05T10:01')
    expect(await problem()).toEqual([{ problem: '' }])
    await house.stop()
  })
})
