import { afterEach, expect, test } from 'vitest'
import type { EventDraft } from '../../src/features/events/making/keep-event.ts'
import { acceptPresses } from '../../src/features/events/presses/accept.ts'
import type { Deed, Press } from '../../src/features/events/presses/press.ts'
import type { Event, RegistrationRow } from '../../src/features/events/records.ts'
import { endMembership, membershipsOf } from '../../src/people/memberships.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { accountOf, type EventsHouse, openEventsHouse } from './events-house.ts'

const register: Deed = { type: 'register', guests: 0, answers: null }

describeEachDatabase('who may register', (open) => {
  let house: EventsHouse
  afterEach(async () => {
    await house.stop()
    expect(house.errors).toEqual([])
  })

  /** Presses for oneself, and gives the state or the reason of the refusal. */
  async function press(event: Event, name: string, deed: Deed = register): Promise<string> {
    const account = accountOf(name)
    return send(event, { deed, who: { type: 'account', account, name: '' }, by: { account, person: null } })
  }

  async function send(event: Event, given: Pick<Press, 'deed' | 'who' | 'by'>): Promise<string> {
    const key = `press ${Math.random()}`
    const pressed: Press = { ...given, team: null, language: 'zh-CN', reply: null }
    await house.store.transaction((trx) =>
      acceptPresses(trx, [{ key, event: event.row.id, press: pressed }], house.time.now),
    )
    await house.settle()
    const outcome = await house.settler.outcomeOf(key, AbortSignal.timeout(5000))
    return outcome?.type === 'done' ? outcome.state : (outcome?.reason ?? 'unknown')
  }

  function own(name: string): Promise<RegistrationRow> {
    return house.store.db
      .selectFrom('event_registration')
      .selectAll()
      .where('name', '=', name)
      .executeTakeFirstOrThrow()
  }

  function idOf(name: string): string {
    return house.people[name]!
  }

  test('organisations with all below them, and roles held in them today', async () => {
    house = await openEventsHouse(open)
    const audience = (organisations: string[], roles: EventDraft['audience']['roles'] = []) => ({
      audience: { organisations, roles, public: false },
    })
    const { branch = '', workshop = '' } = house.people
    const ofBranch = await house.event(audience([branch]))
    expect(await press(ofBranch, '孙工')).toBe('confirmed')
    expect(await press(ofBranch, '外人')).toBe('not-invited')
    expect(await press(ofBranch, '生人')).toBe('sign-in-first')
    expect((await own('孙工')).organisation).toBe(workshop)

    const forCadres = await house.event(audience([branch], ['cadre']))
    expect(await press(forCadres, '王强')).toBe('confirmed')
    expect(await press(forCadres, '张三')).toBe('not-invited')
    // A cadre of another place is none here.
    expect(await press(forCadres, '吴主席')).toBe('not-invited')

    const [membership] = await membershipsOf(house.store.db, idOf('陈晨'))
    await house.store.transaction((trx) => endMembership(trx, membership!.id, '2026-03-01'))
    expect(await press(ofBranch, '陈晨')).toBe('not-invited')
  })

  test('everybody where it is public, also whoever has no account of the house', async () => {
    house = await openEventsHouse(open)
    const event = await house.event({ capacity: 9, audience: { organisations: [], roles: [], public: true } })
    expect(await press(event, '生人')).toBe('confirmed')
    expect(await press(event, '生人')).toBe('already')
    expect(await press(event, '外人')).toBe('confirmed')
    const web = { type: 'public' as const, registration: 'web 1', contact: 'sealed', receiptHash: 'hash' }
    const nobody = { account: null, person: null }
    expect(await send(event, { deed: register, who: web, by: nobody })).toBe('confirmed')
    expect(await send(event, { deed: { type: 'cancel' }, who: web, by: nobody })).toBe('cancelled')
  })

  test('only in its window, while the event is to come', async () => {
    house = await openEventsHouse(open)
    const event = await house.event({
      capacity: 9,
      opensAt: new Date('2026-03-03T01:00:00Z'),
      closesAt: new Date('2026-03-04T01:00:00Z'),
      cancelUntil: new Date('2026-03-05T01:00:00Z'),
    })
    const at = async (instant: string, name: string, deed?: Deed) => {
      house.time.now = new Date(instant)
      return press(event, name, deed)
    }
    expect(await at('2026-03-03T00:59:59.999Z', '张三')).toBe('not-open-yet')
    expect(await at('2026-03-03T01:00:00Z', '张三')).toBe('confirmed')
    expect(await at('2026-03-04T00:59:59.999Z', '陈晨')).toBe('confirmed')
    expect(await at('2026-03-04T01:00:00Z', '孙工')).toBe('registration-closed')
    expect(await at('2026-03-05T00:59:59.999Z', '张三', { type: 'cancel' })).toBe('cancelled')
    expect(await at('2026-03-05T01:00:00Z', '陈晨', { type: 'cancel' })).toBe('past-cancelling')
    expect(await at('2026-03-05T01:00:00Z', '陈晨', { type: 'ask-to-leave', reason: '出差' })).toBe(
      'confirmed',
    )
    expect((await own('陈晨')).asked_to_leave_at).toBe('2026-03-05T01:00:00.000Z')
    expect(await at('2026-03-13T06:00:00Z', '孙工')).toBe('over')
  })

  test('whoever pressed in time is not refused for having waited for their turn', async () => {
    house = await openEventsHouse(open)
    const event = await house.event({ closesAt: new Date('2026-03-04T01:00:00Z') })
    const account = accountOf('张三')
    house.time.now = new Date('2026-03-04T00:59:59.999Z')
    const pressed: Press = {
      ...{ deed: register, who: { type: 'account', account, name: '' }, by: { account, person: null } },
      ...{ team: null, language: 'zh-CN', reply: null },
    }
    await house.store.transaction((trx) =>
      acceptPresses(trx, [{ key: 'in time', event: event.row.id, press: pressed }], house.time.now),
    )
    await house.waitUntil('2026-03-04T01:00:05Z')
    expect(await own('张三')).toMatchObject({ state: 'confirmed' })
  })

  test('what is no draft any more and was not cancelled', async () => {
    house = await openEventsHouse(open)
    for (const [state, reason] of [
      ['draft', 'not-published'],
      ['cancelled', 'cancelled-event'],
      ['over', 'over'],
    ] as const) {
      const event = await house.event()
      await house.store.transaction((trx) =>
        trx.updateTable('event_entry').set({ state }).where('id', '=', event.row.id).execute(),
      )
      expect(await press(event, '张三')).toBe(reason)
    }
  })

  test('guests and answers as the event asks for them', async () => {
    house = await openEventsHouse(open)
    const question = {
      ...{ name: 'paper', label: '论文题目', type: 'text' as const, required: true, options: [] },
    }
    const event = await house.event({ capacity: 4, mostGuests: 2, questions: [question] })
    const asking = (guests: number, answers: Record<string, unknown> | null): Deed => ({
      ...{ type: 'register', guests, answers },
    })
    for (const guests of [-1, 3, 0.5, Number.NaN]) {
      expect(await press(event, '张三', asking(guests, { paper: '焊接' }))).toBe('too-many-guests')
    }
    for (const answers of [null, {}, { paper: '' }, { paper: [] }]) {
      expect(await press(event, '张三', asking(0, answers))).toBe('needs-answers')
    }
    expect(await press(event, '张三', asking(2, { paper: '焊接' }))).toBe('confirmed')
    expect(await press(event, '陈晨', asking(1, { paper: '锻造' }))).toBe('waiting')
    expect(await own('张三')).toMatchObject({ guests: 2, answers: '{"paper":"焊接"}' })
  })

  test('cadres register others: organisers everybody, the others people of their own', async () => {
    house = await openEventsHouse(open)
    const event = await house.event({ capacity: 9 })
    const forPerson = (by: string, name: string, deed: Deed = register) =>
      send(event, {
        ...{ deed, who: { type: 'person', person: idOf(name) } },
        by: { account: accountOf(by), person: null },
      })
    expect(await forPerson('王强', '张三')).toBe('confirmed')
    expect(await own('张三')).toMatchObject({ registered_by: idOf('王强') })
    expect(await forPerson('王强', '外人')).toBe('not-allowed')
    expect(await forPerson('吴主席', '外人')).toBe('confirmed')
    expect(await forPerson('陈晨', '孙工')).toBe('not-allowed')
    expect(await forPerson('陈晨', '张三', { type: 'cancel' })).toBe('not-allowed')
    expect(await forPerson('生人', '张三', { type: 'cancel' })).toBe('not-allowed')
    // Organisers let people go also when these cannot any more.
    house.time.now = new Date('2026-03-12T10:00:00Z')
    expect(await forPerson('张三', '张三', { type: 'cancel' })).toBe('past-cancelling')
    expect(await forPerson('王强', '张三', { type: 'cancel' })).toBe('past-cancelling')
    expect(await forPerson('吴主席', '张三', { type: 'cancel' })).toBe('cancelled')
  })

  test('priority adds up by rules, and reserved seats are for their organisation', async () => {
    house = await openEventsHouse(open)
    const { branch = '', workshop = '' } = house.people
    const event = await house.event({
      capacity: 2,
      reserved: [{ organisation: branch, seats: 1 }],
      priority: [
        { organisation: branch, points: 1 },
        { role: 'cadre', points: 4 },
        { organisation: workshop, role: 'cadre', points: 100 },
      ],
    })
    expect(await press(event, '外人')).toBe('confirmed')
    expect(await press(event, '周建国')).toBe('waiting')
    expect(await press(event, '孙工')).toBe('confirmed')
    expect(await own('孙工')).toMatchObject({ pool: branch, priority: 1 })
    expect(await press(event, '张三')).toBe('waiting')
    expect(await press(event, '王强')).toBe('waiting')
    expect(await own('王强')).toMatchObject({ priority: 5 })
    await press(event, '外人', { type: 'cancel' })
    expect(await own('王强')).toMatchObject({ state: 'offered', pool: '' })
    // The seat that is kept goes to the branch though somebody else waits longer.
    await press(event, '孙工', { type: 'cancel' })
    expect(await own('张三')).toMatchObject({ state: 'offered', pool: branch })
    expect(await own('周建国')).toMatchObject({ state: 'waiting' })
  })
})
