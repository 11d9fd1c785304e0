import { expect, test } from 'vitest'
import { createOrganisation, moveOrganisation } from '../../src/people/organisations.ts'
import { createPerson } from '../../src/people/people.ts'
import type { Store } from '../../src/store/store.ts'
import { enterLeave } from '../../src/timers/calendar/leave.ts'
import { setOwnDay, setWorkingHours } from '../../src/timers/calendar/own-days.ts'
import { markStale } from '../../src/timers/calendar/stale.ts'
import { createHousekeeping } from '../../src/timers/housekeeping.ts'
import { cancelTimer, type NewTimer, setTimer } from '../../src/timers/set-timer.ts'
import { createTimerWorker } from '../../src/timers/timer-worker.ts'
import type { TimerHandler } from '../../src/timers/timers.ts'
import { describeEachDatabase, type Open } from '../store/each-database.ts'

const hour = 3_600_000
/** A Monday, 10:00 in China. */
const monday = new Date('2026-11-23T02:00:00.000Z')
const after = (hours: number) => new Date(monday.getTime() + hours * hour)

/** A store whose time, on either database, is what the test says. */
async function openAt(open: Open) {
  let time = new Date(monday.getTime() + 1000)
  const { store } = await open({
    clock: () => time,
    databaseClockOffset: () => time.getTime() - Date.now(),
  })
  return {
    store,
    /** A little past it: the database's own clock runs on meanwhile. */
    goTo(instant: Date) {
      time = new Date(instant.getTime() + 1000)
    },
  }
}

function workerOf(store: Store, handle: TimerHandler = async () => {}) {
  const ran: string[] = []
  const logged: string[] = []
  const worker = createTimerWorker({
    store,
    handlers: {
      'test.note': async (trx, payload, now) => {
        await handle(trx, payload, now)
        ran.push(payload.name ?? '')
      },
    },
    logger: { error: (_, message) => logged.push(message) },
    calendarFiles: null,
    random: () => 0,
  })
  return { worker, ran, logged }
}

const set = (
  store: Store,
  name: string,
  when: { at: Date } | Omit<Extract<NewTimer, { after: unknown }>, 'id' | 'kind' | 'payload' | 'now'>,
) =>
  store.transaction((trx) =>
    setTimer(trx, { id: name, kind: 'test.note', payload: { name }, now: monday, ...when }),
  )

const rowOf = (store: Store, id: string) =>
  store.db.selectFrom('timer').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

describeEachDatabase('timers', (open) => {
  test('run at their time, not before, and once', async () => {
    const { store, goTo } = await openAt(open)
    const { worker, ran } = workerOf(store)
    await set(store, 'a', { at: after(2) })
    goTo(after(1))
    await worker.idle()
    expect(ran).toEqual([])
    goTo(after(2))
    await worker.idle()
    await worker.idle()
    expect(ran).toEqual(['a'])
    expect(await rowOf(store, 'a')).toMatchObject({ state: 'done', lease_owner: null })
  })

  test('after a downtime run once, the longest due first', async () => {
    const { store, goTo } = await openAt(open)
    const { worker, ran } = workerOf(store)
    await set(store, 'late', { at: after(3) })
    await set(store, 'early', { at: after(1) })
    goTo(after(500))
    await worker.idle()
    expect(ran).toEqual(['early', 'late'])
  })

  test('set again are moved; cancelled never run; done ones can be set anew', async () => {
    const { store, goTo } = await openAt(open)
    const { worker, ran } = workerOf(store)
    await set(store, 'moved', { at: after(1) })
    await set(store, 'moved', { at: after(5) })
    await set(store, 'gone', { at: after(1) })
    await store.transaction((trx) => cancelTimer(trx, 'gone'))
    goTo(after(2))
    await worker.idle()
    expect(ran).toEqual([])
    goTo(after(5))
    await worker.idle()
    expect(ran).toEqual(['moved'])
    await store.transaction((trx) => cancelTimer(trx, 'moved'))
    expect((await rowOf(store, 'moved')).state).toBe('done')
    await set(store, 'moved', { at: after(6) })
    goTo(after(6))
    await worker.idle()
    expect(ran).toEqual(['moved', 'moved'])
  })

  test('a handler that fails leaves nothing behind and is tried again later', async () => {
    const { store, goTo } = await openAt(open)
    let failing = true
    const { worker, ran, logged } = workerOf(store, async (trx, _, now) => {
      await createPerson(trx, { name: '张三' })
      if (failing) throw new Error(`not at ${now.toISOString()}`)
    })
    await set(store, 'a', { at: monday })
    await worker.idle()
    failing = false
    await worker.idle()
    expect(ran).toEqual([])
    expect(await store.db.selectFrom('person').selectAll().execute()).toEqual([])
    goTo(after(1))
    await worker.idle()
    expect(ran).toEqual(['a'])
    expect(await store.db.selectFrom('person').selectAll().execute()).toHaveLength(1)
    expect(logged).toEqual(['a timer failed and will be tried again'])
  })

  test('a timer is given up after ten tries, and can be set again', async () => {
    const { store, goTo } = await openAt(open)
    let failing = true
    const { worker, ran, logged } = workerOf(store, async () => {
      if (failing) throw new Error('never')
    })
    await set(store, 'a', { at: monday })
    for (let i = 0; i < 15; i++) {
      goTo(after(i * 4))
      await worker.idle()
    }
    expect(await rowOf(store, 'a')).toMatchObject({ state: 'failed', attempts: 10 })
    expect(logged).toHaveLength(10)
    expect(logged.at(-1)).toBe('a timer was given up')
    failing = false
    await set(store, 'a', { at: after(100) })
    goTo(after(100))
    await worker.idle()
    expect(ran).toEqual(['a'])
  })

  test('a timer whose process ends with it each time is given up too', async () => {
    const { store } = await openAt(open)
    const { worker, ran } = workerOf(store)
    await set(store, 'a', { at: monday })
    await store.transaction((trx) => trx.updateTable('timer').set({ attempts: 10 }).execute())
    await worker.idle()
    expect(ran).toEqual([])
    expect((await rowOf(store, 'a')).state).toBe('failed')
  })

  test('a handler may set its own timer anew', async () => {
    const { store, goTo } = await openAt(open)
    const { worker, ran } = workerOf(store, (trx, payload, now) =>
      setTimer(trx, {
        id: 'again',
        kind: 'test.note',
        payload,
        now,
        at: new Date(now.getTime() + hour),
      }).then(() => {}),
    )
    await set(store, 'again', { at: monday })
    await worker.idle()
    goTo(after(2))
    await worker.idle()
    expect(ran).toEqual(['again', 'again'])
    expect((await rowOf(store, 'again')).state).toBe('waiting')
  })

  test('timers of another kind are left to others', async () => {
    const { store } = await openAt(open)
    const { worker } = workerOf(store)
    await store.transaction((trx) =>
      setTimer(trx, { id: 'x', kind: 'other.kind', payload: {}, now: monday, at: monday }),
    )
    await worker.idle()
    expect(await rowOf(store, 'x')).toMatchObject({ state: 'waiting', attempts: 0 })
  })

  test('a worker that lost its lease does nothing any more', async () => {
    const { store, goTo } = await openAt(open)
    const other = workerOf(store)
    const first = createTimerWorker({
      store,
      handlers: { 'test.note': async () => expect.unreachable() },
      logger: { error: (_, message) => expect.unreachable(message) },
      calendarFiles: null,
      steps: async (step) => {
        if (step !== 'claimed') return
        goTo(after(1))
        await other.worker.idle()
      },
    })
    await set(store, 'a', { at: monday })
    await first.round()
    expect(other.ran).toEqual(['a'])
  })
})

describeEachDatabase('timers by working time', (open) => {
  const org = (store: Store, name: string, parent: string | null = null) =>
    store.transaction(async (trx) => (await createOrganisation(trx, { name, kind: 'enterprise', parent })).id)
  const dueAt = async (store: Store, id: string) => (await rowOf(store, id)).due_at
  const twoDays = { after: { workingDays: 2 }, organisation: null, person: null }

  test('say when they are due and whether that may change', async () => {
    const { store } = await openAt(open)
    expect(await set(store, 'a', twoDays)).toEqual({ at: after(48), provisional: false })
    const far = await set(store, 'b', { ...twoDays, after: { workingDays: 60 } })
    expect(far.provisional).toBe(true)
    expect(await rowOf(store, 'b')).toMatchObject({ provisional: 1, due_at: far.at.toISOString() })
  })

  test('are counted again when the person takes leave', async () => {
    const { store, goTo } = await openAt(open)
    const person = await store.transaction(async (trx) => (await createPerson(trx, { name: '李四' })).id)
    await set(store, 'hers', { ...twoDays, person })
    await set(store, 'other', twoDays)
    const leave = { id: 'l', person, first: '2026-11-24', last: '2026-11-24', note: '', by: null }
    await store.transaction((trx) => enterLeave(trx, leave, monday))
    const { worker, ran } = workerOf(store)
    goTo(after(48))
    await worker.idle()
    // Hers is never run at the old time, however late it is counted again.
    expect(ran).toEqual(['other'])
    expect(await dueAt(store, 'hers')).toBe(after(72).toISOString())
    goTo(after(72))
    await worker.idle()
    expect(ran).toEqual(['other', 'hers'])
  })

  test('are counted again when hours or own days change above them', async () => {
    const { store } = await openAt(open)
    const group = await org(store, '集团')
    const branch = await org(store, '分公司', group)
    await set(store, 'a', { ...twoDays, organisation: branch })
    const { worker } = workerOf(store)
    const holiday = { day: '2026-11-25', working: false, name: '厂庆' }
    await store.transaction((trx) => setOwnDay(trx, group, holiday))
    await worker.idle()
    expect(await dueAt(store, 'a')).toBe(after(72).toISOString())
    // The branch itself works on that day: the nearest one wins.
    await store.transaction((trx) => setOwnDay(trx, branch, { ...holiday, working: true, name: '值班' }))
    await worker.idle()
    expect(await dueAt(store, 'a')).toBe(after(48).toISOString())
    await store.transaction((trx) => setWorkingHours(trx, group, '13:00-17:00'))
    await worker.idle()
    expect(await dueAt(store, 'a')).toBe(after(51).toISOString())
  })

  test('are counted again when the organisation comes to stand below another', async () => {
    const { store } = await openAt(open)
    const group = await org(store, '集团')
    const branch = await org(store, '分公司')
    await store.transaction((trx) =>
      setOwnDay(trx, group, { day: '2026-11-24', working: false, name: '厂庆' }),
    )
    await set(store, 'a', { ...twoDays, organisation: branch })
    await store.transaction((trx) => moveOrganisation(trx, branch, group))
    await workerOf(store).worker.idle()
    expect(await dueAt(store, 'a')).toBe(after(72).toISOString())
  })

  test('that should have been due already run at once', async () => {
    const { store, goTo } = await openAt(open)
    const group = await org(store, '集团')
    await store.transaction((trx) =>
      setOwnDay(trx, group, { day: '2026-11-24', working: false, name: '厂庆' }),
    )
    await set(store, 'a', { ...twoDays, organisation: group })
    goTo(after(49))
    await store.transaction((trx) =>
      setOwnDay(trx, group, { day: '2026-11-24', working: true, name: '不放了' }),
    )
    const { worker, ran } = workerOf(store, async (_, __, now) => {
      expect(now >= after(49)).toBe(true)
    })
    await worker.idle()
    expect(ran).toEqual(['a'])
    expect((await dueAt(store, 'a')) >= after(49).toISOString()).toBe(true)
  })

  test('are counted again by the hundreds, those of provisional years first', async () => {
    const { store } = await openAt(open)
    for (let i = 0; i < 60; i++) await set(store, `near-${String(i).padStart(2, '0')}`, twoDays)
    await set(store, 'zz', { ...twoDays, after: { workingDays: 60 } })
    await store.transaction((trx) => markStale(trx, { tables: true }))
    const { worker } = workerOf(store)
    expect(await worker.round()).toBe(true)
    const stale = () => store.db.selectFrom('timer').select('id').where('stale', '=', 1).execute()
    expect(await stale()).toHaveLength(11)
    expect((await rowOf(store, 'zz')).stale).toBe(0)
    await worker.idle()
    expect(await stale()).toEqual([])
  })
})

describeEachDatabase('housekeeping', (open) => {
  test('runs every task each night, also when one of them fails', async () => {
    const { store, goTo } = await openAt(open)
    const ran: string[] = []
    const house = createHousekeeping({
      good: async () => ran.push('good'),
      bad: async () => {
        ran.push('bad')
        throw new Error('no')
      },
    })
    const worker = createTimerWorker({
      store,
      handlers: house.timers,
      logger: { error: () => {} },
      calendarFiles: null,
    })
    await store.transaction((trx) => house.begin(trx, monday))
    await store.transaction((trx) => house.begin(trx, monday))
    await worker.idle()
    expect(ran).toEqual([])
    // Three o'clock at night in China is 17 hours after 10:00.
    goTo(after(17))
    await worker.idle()
    expect(ran.sort()).toEqual(['bad', 'good'])
    goTo(after(41))
    await worker.idle()
    expect(ran.filter((name) => name === 'good')).toHaveLength(2)
  })

  test('forgets timers that ran long ago', async () => {
    const { store, goTo } = await openAt(open)
    const { worker } = workerOf(store)
    await set(store, 'old', { at: monday })
    await worker.idle()
    const house = createHousekeeping({})
    const keeper = createTimerWorker({
      store,
      handlers: house.timers,
      logger: { error: (details) => expect.unreachable(JSON.stringify(details)) },
      calendarFiles: null,
    })
    await store.transaction((trx) => house.begin(trx, monday))
    goTo(after(20))
    await keeper.idle()
    expect((await rowOf(store, 'old')).state).toBe('done')
    goTo(after(24 * 32))
    await keeper.idle()
    expect(await store.db.selectFrom('timer').select('id').where('id', '=', 'old').execute()).toEqual([])
  })
})
