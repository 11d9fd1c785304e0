import { afterEach, beforeEach, expect, test } from 'vitest'
import { changeSeats } from '../../src/features/events/change-seats.ts'
import type { EventsContext } from '../../src/features/events/context.ts'
import { callOffAll } from '../../src/features/events/making/call-off.ts'
import { acceptPresses } from '../../src/features/events/presses/accept.ts'
import type { Deed } from '../../src/features/events/presses/press.ts'
import { createSettler, type Settler } from '../../src/features/events/presses/settler.ts'
import { type Event, findEvent } from '../../src/features/events/records.ts'
import type { Change, Seats } from '../../src/features/events/seats/seats.ts'
import { PlainError } from '../../src/messages/plain-error.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { accountOf, type EventsHouse, openEventsHouse } from './events-house.ts'
import { replay } from './replay-seats.ts'

const audience = { organisations: [], roles: [], public: true }
const people = Array.from({ length: 24 }, (_, at) => `访客${at}`)
const register: Deed = { type: 'register', guests: 0, answers: null }

/** One process of those that share the database. */
interface Process {
  context: EventsContext
  settler: Settler
}

describeEachDatabase('presses, organisers and timers of several processes at once', (open) => {
  let house: EventsHouse
  afterEach(async () => {
    await house.stop()
    expect(house.errors).toEqual([])
  })

  /** The house's own, and two beside it. */
  async function openProcesses(): Promise<Process[]> {
    const clock = () => house.time.now
    const complain = (details: object) => void house.errors.push('err' in details ? details.err : details)
    const logger = { info() {}, warn() {}, error: complain }
    const beside = [1, 2].map(async () => {
      const { store } = await open({ at: house.location, clock, databaseClock: clock })
      const context = { ...house.context, store }
      return { context, settler: createSettler(context, logger) }
    })
    return [{ context: house.context, settler: house.settler }, ...(await Promise.all(beside))]
  }

  let pressed = 0
  beforeEach(() => {
    pressed = 0
  })

  async function press({ context, settler }: Process, event: Event, user: string, deed: Deed): Promise<void> {
    const account = accountOf(user)
    const who = { type: 'account' as const, account, name: user }
    const by = { account, person: null }
    const own = { deed, who, by, team: null, language: 'zh-CN' as const, reply: null }
    pressed += 1
    const accepted = [{ key: `press ${pressed}`, event: event.row.id, press: own }]
    // Platforms deliver twice, and to different processes.
    await context.store.transaction((trx) => acceptPresses(trx, accepted, house.time.now))
    await Promise.all([
      context.store.transaction((trx) => acceptPresses(trx, accepted, house.time.now)),
      settler.idle(),
    ])
  }

  function capacity({ context }: Process, event: Event, seats: number) {
    const command = { type: 'capacity' as const, capacity: seats, reserved: new Map<string, number>() }
    return context.store.transaction(async (trx) =>
      changeSeats(trx, context, event.row.id, [command], { by: null, now: house.time.now }),
    )
  }

  async function callOff({ context }: Process, id: string): Promise<void> {
    const given = { reason: '会场停电', by: house.people.吴主席 ?? null, now: house.time.now }
    try {
      await context.store.transaction(async (trx) =>
        callOffAll(trx, context, [(await findEvent(trx, id))!], given),
      )
    } catch (error) {
      // Another process has called it off.
      if (!(error instanceof PlainError)) throw error
    }
  }

  test('never give a seat twice or too many, and the history tells what holds', async () => {
    house = await openEventsHouse(open)
    const processes = await openProcesses()
    const at = (index: number) => processes[index % processes.length]!
    const event = await house.event({ audience, capacity: 5 })
    await Promise.all(people.map((user, index) => press(at(index), event, user, register)))
    await Promise.all([
      ...people.map((user, index) =>
        press(at(index + 1), event, user, index % 3 === 0 ? { type: 'cancel' } : register),
      ),
      ...[8, 3, 6].map((seats, index) => capacity(at(index), event, seats)),
    ])
    await Promise.all([
      ...people.map((user, index) => press(at(index), event, user, { type: 'accept-offer' })),
      ...people.map((user, index) => press(at(index + 2), event, user, { type: 'decline-offer' })),
    ])
    await Promise.all(processes.map(({ settler }) => settler.idle()))
    await checkStanding(event)
  }, 60_000)

  test('of an event that is called off give no seat after it, and everybody is told once', async () => {
    house = await openEventsHouse(open)
    const processes = await openProcesses()
    const at = (index: number) => processes[index % processes.length]!
    const event = await house.event({ audience, capacity: 30 })
    const [early, late] = [people.slice(0, 8), people.slice(8)]
    await Promise.all(early.map((user, index) => press(at(index), event, user, register)))
    await Promise.all([
      ...late.map((user, index) => press(at(index), event, user, register)),
      ...processes.map((one) => callOff(one, event.row.id)),
    ])
    await Promise.all(processes.map(({ settler }) => settler.idle()))
    await house.settle()
    await checkStanding(event)
    const rows = await house.store.db.selectFrom('event_registration').selectAll().execute()
    for (const user of people) {
      const told = house.cardsOf(user).filter((card) => JSON.stringify(card).includes('会场停电'))
      const isRegistered = rows.some(({ name, state }) => name === user && state === 'confirmed')
      expect([user, told.length]).toEqual([user, isRegistered ? 1 : 0])
    }
  }, 60_000)

  async function checkStanding({ row: { id } }: Event): Promise<void> {
    const { db } = house.store
    const { row } = (await findEvent(db, id))!
    const rows = await db.selectFrom('event_registration').selectAll().where('event', '=', id).execute()
    const inState = (...states: string[]) => rows.filter(({ state }) => states.includes(state))
    expect(new Set(rows.map(({ account }) => account)).size).toBe(rows.length)
    const taken = inState('confirmed', 'offered').length
    expect(taken).toBeLessThanOrEqual(row.capacity ?? 0)
    const figures = await db.selectFrom('event_seats').selectAll().where('event', '=', id).executeTakeFirst()
    expect(figures).toMatchObject({ taken, waiting: inState('waiting').length, requested: 0 })
    if (row.state === 'published' && taken < (row.capacity ?? 0)) expect(inState('waiting')).toEqual([])
    const presses = await db.selectFrom('event_press').selectAll().where('event', '=', id).execute()
    expect(presses).toHaveLength(pressed)
    expect(presses.filter(({ state }) => state !== 'settled')).toEqual([])
    expect(presses.filter(({ outcome }) => outcome?.includes('failed'))).toEqual([])

    const lines = await db
      .selectFrom('event_history')
      .selectAll()
      .where('event', '=', id)
      .orderBy('id')
      .execute()
    const start: Seats = {
      ...{ capacity: row.capacity, reserved: new Map(), mode: row.mode, hasWaitingList: true, closed: false },
      entries: new Map(),
    }
    const { entries } = replay(
      start,
      lines.map(({ data }) => JSON.parse(data) as Change),
    )
    const told = [...entries.values()].map(({ id: registration, state }) => `${registration} ${state}`)
    const held = inState('confirmed', 'offered', 'waiting').map((one) => `${one.id} ${one.state}`)
    expect(told.toSorted()).toEqual(held.toSorted())
  }
})
