import fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import { changeSeats } from '../../src/features/events/change-seats.ts'
import { acceptPresses } from '../../src/features/events/presses/accept.ts'
import type { Deed } from '../../src/features/events/presses/press.ts'
import { type Event, findEvent, isActive } from '../../src/features/events/records.ts'
import { openSeats } from '../../src/features/events/seats/open-seats.ts'
import { heldOf, poolFor, sizeOf, waitingList } from '../../src/features/events/seats/room.ts'
import type { Change, Seats } from '../../src/features/events/seats/seats.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { accountOf, type EventsHouse, openEventsHouse } from './events-house.ts'
import { replay } from './replay-seats.ts'

const names = ['张三', '陈晨', '孙工', '褚工', '卫工', '外人', '生人', '王强']
const deeds: Deed[] = [
  { type: 'register', guests: 0, answers: null },
  { type: 'register', guests: 1, answers: null },
  { type: 'cancel' },
  { type: 'accept-offer' },
  { type: 'decline-offer' },
  { type: 'confirm-again' },
]
const anyStep = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.array(
      fc.record({
        do: fc.constant('press' as const),
        who: fc.integer({ min: 0, max: names.length - 1 }),
        deed: fc.integer({ min: 0, max: deeds.length - 1 }),
      }),
      { minLength: 1, maxLength: 5 },
    ),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('expire' as const), which: fc.nat(7) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('capacity' as const),
      capacity: fc.option(fc.integer({ min: 1, max: 6 }), { freq: 8 }),
      kept: fc.integer({ min: 0, max: 2 }),
    }),
  },
)
const anyLife = fc.record({
  mode: fc.constantFrom<Event['row']['mode']>('first-come', 'first-come', 'approval'),
  hasWaitingList: fc.constantFrom(true, true, false),
  steps: fc.array(anyStep, { minLength: 8, maxLength: 16, size: 'max' }),
})

describeEachDatabase('whatever people press', (open) => {
  let house: EventsHouse
  afterEach(async () => {
    await house.stop()
    expect(house.errors).toEqual([])
  })

  test('the database holds what the history tells, and the rules hold', async () => {
    house = await openEventsHouse(open)
    let count = 0
    await fc.assert(
      fc.asyncProperty(anyLife, async ({ steps, mode, hasWaitingList }) => {
        const audience = { organisations: [], roles: [], public: true }
        const event = await house.event({ ...{ capacity: 3, mostGuests: 1, mode, hasWaitingList, audience } })
        for (const step of steps) {
          if (!Array.isArray(step)) {
            await change(event, step)
            await checkStanding(event)
            continue
          }
          const presses = step.map(({ who, deed }) => {
            const account = accountOf(names[who]!)
            count += 1
            return {
              key: `press ${count}`,
              event: event.row.id,
              press: {
                deed: deeds[deed]!,
                who: { type: 'account' as const, account, name: '' },
                by: { account, person: null },
                team: null,
                language: 'zh-CN' as const,
                reply: null,
              },
            }
          })
          await house.store.transaction((trx) => acceptPresses(trx, presses, house.time.now))
          await house.settler.idle()
          await checkStanding(event)
        }
        await change(event, { do: 'close' })
        await checkStanding(event)
      }),
      { numRuns: 6, endOnFailure: true },
    )
  })

  type Step =
    | { do: 'expire'; which: number }
    | { do: 'capacity'; capacity: number | null; kept: number }
    | { do: 'close' }

  async function change({ row: { id } }: Event, step: Step): Promise<void> {
    const { branch = '' } = house.people
    await house.store.transaction(async (trx) => {
      const who = { by: null, now: house.time.now }
      if (step.do === 'close') return changeSeats(trx, house.context, id, [{ type: 'close' }], who)
      if (step.do === 'capacity') {
        const reserved = new Map(step.kept > 0 ? [[branch, step.kept]] : [])
        const { capacity } = step
        return changeSeats(trx, house.context, id, [{ type: 'capacity', capacity, reserved }], who)
      }
      const rows = await trx.selectFrom('event_registration').selectAll().where('event', '=', id).execute()
      const { id: registration, state } = rows[step.which % Math.max(1, rows.length)] ?? {}
      if (registration === undefined) return null
      const type = state === 'requested' ? 'approve' : 'expire'
      return changeSeats(trx, house.context, id, [{ type, id: registration }], who)
    })
  }

  /** What holds whenever nothing is under way. */
  async function checkStanding({ row: { id } }: Event): Promise<void> {
    const { store } = house
    const rows = await store.db.selectFrom('event_registration').selectAll().where('event', '=', id).execute()
    const active = rows.filter(isActive)
    const people = active.map(({ person, account }) => person ?? account)
    expect(new Set(people).size).toBe(people.length)

    const event = (await findEvent(store.db, id))!
    const { seats } = await store.transaction((trx) => openSeats(trx, event, house.time.now))
    const held = heldOf(seats)
    for (const [pool, taken] of held) expect(taken).toBeLessThanOrEqual(sizeOf(seats, pool))
    for (const waiting of waitingList(seats)) expect(poolFor(seats, held, waiting)).toBeNull()

    const figures = await store.db
      .selectFrom('event_seats')
      .selectAll()
      .where('event', '=', id)
      .executeTakeFirstOrThrow()
    const taken = [...held.values()].reduce((sum, one) => sum + one, 0)
    const inState = (state: string) => active.filter((row) => row.state === state).length
    expect(figures).toMatchObject({ taken, waiting: inState('waiting'), requested: inState('requested') })

    const lines = await store.db
      .selectFrom('event_history')
      .selectAll()
      .where('event', '=', id)
      .orderBy('id')
      .execute()
    const changes = lines.map(({ data }) => JSON.parse(data) as Change)
    const start: Seats = { ...seats, closed: false, entries: new Map() }
    const replayed = replay(start, changes)
    const shape = ({ entries }: Seats) =>
      [...entries.values()]
        .map(({ id: registration, seq, state, pool, seats: size }) => ({
          registration,
          seq,
          state,
          pool,
          size,
        }))
        .sort((one, other) => one.seq - other.seq)
    expect(shape(replayed)).toEqual(shape(seats))
  }
})
