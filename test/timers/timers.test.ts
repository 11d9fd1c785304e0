import { expect, test } from 'vitest'
import { createPerson } from '../../src/people/people.ts'
import { createHousekeeping } from '../../src/timers/housekeeping.ts'
import { cancelTimer, setTimer } from '../../src/timers/set-timer.ts'
import { createTimerWorker } from '../../src/timers/timer-worker.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { after, hour, monday, openAt, rowOf, set, workerOf } from './timer-house.ts'

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

  test('wake the other workers when they have run, not when they failed', async () => {
    const { store, goTo } = await openAt(open)
    const { worker, woken } = workerOf(store, async (_trx, { name }) => {
      if (name === 'bad') throw new Error('bad')
    })
    await set(store, 'bad', { at: after(1) })
    await set(store, 'good', { at: after(2) })
    goTo(after(2))
    await worker.idle()
    expect(woken).toEqual([['good']])
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

  test('what is not due is not even claimed', async () => {
    const { store } = await openAt(open)
    const { worker, ran } = workerOf(store)
    await set(store, 'due', { at: monday })
    await set(store, 'later', { at: after(2) })
    await worker.idle()
    expect(ran).toEqual(['due'])
    expect(await rowOf(store, 'later')).toMatchObject({ attempts: 0, lease_owner: null })
  })

  test('one that is set again after a failure does not wait for its next try', async () => {
    const { store } = await openAt(open)
    let failing = true
    const { worker, ran } = workerOf(store, async () => {
      if (failing) throw new Error('not now')
    })
    await set(store, 'a', { at: monday })
    await worker.idle()
    failing = false
    await worker.idle()
    expect(ran).toEqual([])
    await set(store, 'a', { at: monday })
    await worker.idle()
    expect(ran).toEqual(['a'])
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
