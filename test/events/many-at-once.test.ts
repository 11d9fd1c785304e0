import { afterEach, expect, test } from 'vitest'
import { changeSeats } from '../../src/features/events/change-seats.ts'
import type { Event } from '../../src/features/events/records.ts'
import { countStatements } from '../store/count-statements.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { type EventsHouse, openEventsHouse } from './events-house.ts'
import { pressAll } from './registering-people.ts'

const names = (count: number) => Array.from({ length: count }, (_, at) => `客人${at}`)

describeEachDatabase('what is done about many at once', (open) => {
  let house: EventsHouse
  afterEach(async () => {
    await house.stop()
    expect(house.errors).toEqual([])
  })

  /** Statements of a transaction that changes the seats. */
  function statementsOf(event: Event, capacity: number): Promise<number> {
    return house.store.transaction(async (given) => {
      const { trx, count } = countStatements(given)
      const command = { type: 'capacity' as const, capacity, reserved: new Map() }
      expect(
        await changeSeats(trx, house.context, event.row.id, [command], { by: null, now: house.time.now }),
      ).toBe(null)
      return count()
    })
  }

  test('takes no more statements for forty offers than for four', async () => {
    house = await openEventsHouse(open)
    const isPublic = { organisations: [], roles: [], public: true }
    const few = await house.event({ capacity: 1, audience: isPublic })
    const many = await house.event({ capacity: 1, audience: isPublic })
    await pressAll(house, few, names(5))
    await pressAll(house, many, names(41))
    const [four, forty] = [await statementsOf(few, 5), await statementsOf(many, 41)]
    const offered = await house.store.db
      .selectFrom('event_registration')
      .select('event')
      .where('state', '=', 'offered')
      .where('offer_until', 'is not', null)
      .execute()
    expect(offered).toHaveLength(44)
    expect(forty).toBe(four)
    // Each has its end and a word in between.
    const timers = await house.store.db
      .selectFrom('timer')
      .select('kind')
      .where('kind', 'in', ['events.offer-ends', 'events.offer-halfway'])
      .where('state', '=', 'waiting')
      .execute()
    expect(timers).toHaveLength(88)
    expect(await statementsOf(few, 6)).toBeLessThan(four)
  })
})
