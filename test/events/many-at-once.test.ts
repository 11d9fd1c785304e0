import { afterEach, expect, test } from 'vitest'
import { thank } from '../../src/features/events/after/thank.ts'
import { sendMessage } from '../../src/features/events/announcing/send-message.ts'
import { changeSeats } from '../../src/features/events/change-seats.ts'
import type { Event } from '../../src/features/events/records.ts'
import { eraseTimers } from '../../src/features/events/registering/erase.ts'
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

  test('nor to write to forty than to four', async () => {
    house = await openEventsHouse(open)
    const event = await house.event({
      capacity: 50,
      audience: { organisations: [], roles: [], public: true },
    })
    await pressAll(house, event, names(40))
    const rows = await house.store.db.selectFrom('event_registration').selectAll().execute()
    const thanks = (few: typeof rows) =>
      house.store.transaction(async (given) => {
        const { trx, count } = countStatements(given)
        await thank(trx, house.context, event, few, house.time.now)
        return count()
      })
    expect(await thanks(rows.slice(4))).toBe(await thanks(rows.slice(0, 4)))
    const message = {
      ...{ id: 'm', event: event.row.id, audience: 'all', text: '请带工牌', by: event.row.created_by },
      ...{ people: 0, unreached: 0, at: house.time.now.toISOString(), done_at: null },
    }
    const statements = await house.store.transaction(async (given) => {
      const { trx, count } = countStatements(given)
      await trx.insertInto('event_message').values(message).execute()
      await sendMessage(trx, { message: 'm', after: '' }, house.time.now)
      return count()
    })
    expect(statements).toBeLessThan(10)
    const sent = await house.store.db.selectFrom('event_message').selectAll().executeTakeFirstOrThrow()
    expect(sent).toMatchObject({ people: 40, unreached: 0 })
  })

  test('is forgotten of all strangers in time, with the reasons that they gave, a few in each transaction', async () => {
    house = await openEventsHouse(open)
    const event = await house.event({
      ...{ capacity: null, audience: { organisations: [], roles: [], public: true } },
      cancelUntil: new Date('2026-03-02T00:00:00Z'),
    })
    await pressAll(house, event, names(210))
    await pressAll(house, event, ['客人7'], { type: 'ask-to-leave', reason: '孩子生病' })
    await house.waitUntil('2026-03-14T00:00:00Z')
    const known = () => house.store.db.selectFrom('event_registration').where('account', 'is not', null)
    const named = () => known().select('id').execute()
    expect(await named()).toHaveLength(210)
    const said = () => house.store.db.selectFrom('event_history').select('data').execute()
    expect(JSON.stringify(await said())).toContain('孩子生病')
    const erase = eraseTimers(house.context)['events.erase']!
    const later = new Date('2026-09-10T00:00:00Z')
    const once = (now: Date) => house.store.transaction((trx) => erase(trx, { event: event.row.id }, now))
    await once(later)
    expect(await named()).toHaveLength(10)
    const again = await house.store.db
      .selectFrom('timer')
      .select('due_at')
      .where('kind', '=', 'events.erase')
      .executeTakeFirstOrThrow()
    expect(again.due_at).toBe(later.toISOString())
    await once(later)
    expect(await named()).toEqual([])
    expect(JSON.stringify(await said())).not.toContain('孩子生病')
  })
})
