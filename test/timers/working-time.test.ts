import { expect, test } from 'vitest'
import { createOrganisation, moveOrganisation } from '../../src/people/organisations.ts'
import { createPerson } from '../../src/people/people.ts'
import type { Store } from '../../src/store/store.ts'
import { enterLeave } from '../../src/timers/calendar/leave.ts'
import { setOwnDay, setWorkingHours } from '../../src/timers/calendar/own-days.ts'
import { markStale } from '../../src/timers/calendar/stale.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { after, monday, openAt, rowOf, set, workerOf } from './timer-house.ts'

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
    const { store, goTo } = await openAt(open)
    for (let i = 0; i < 60; i++) await set(store, `near-${String(i).padStart(2, '0')}`, twoDays)
    // Due first of all, counted last.
    await set(store, 'soon', { ...twoDays, after: { workingDays: 1 } })
    await set(store, 'zz', { ...twoDays, after: { workingDays: 60 } })
    await store.transaction((trx) => markStale(trx, { tables: true }))
    const { worker } = workerOf(store)
    expect(await worker.round()).toBe(true)
    const stale = () => store.db.selectFrom('timer').select('id').where('stale', '=', 1).execute()
    expect(await stale()).toHaveLength(12)
    expect((await rowOf(store, 'zz')).stale).toBe(0)
    goTo(after(49))
    await store.transaction((trx) => markStale(trx, { tables: true }))
    await worker.round()
    // Due by the time they had, and yet in nobody's hands before they were counted again.
    const untouched = await store.db.selectFrom('timer').select('attempts').where('stale', '=', 1).execute()
    expect(untouched.map(({ attempts }) => attempts)).toEqual(Array(untouched.length).fill(0))
    expect(untouched.length).toBeGreaterThan(0)
    await worker.idle()
    expect(await stale()).toEqual([])
  })
})
