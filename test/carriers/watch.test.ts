import fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import {
  addOutcome,
  enterCarrier,
  markHandled,
  renewCarrier,
} from '../../src/features/carriers/keep-carrier.ts'
import { readCarrier } from '../../src/features/carriers/records.ts'
import { readCarrierRules } from '../../src/features/carriers/rules.ts'
import { currentStage } from '../../src/features/carriers/schedule.ts'
import { addDays, dayIn } from '../../src/timers/calendar/day.ts'
import { defaultZone } from '../../src/timers/calendar/working-hours.ts'
import { type EventsHouse, openEventsHouse } from '../events/events-house.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { station } from './carrier-drafts.ts'

const rules = readCarrierRules('')

/** What somebody does, after so many days. */
const step = fc.record({
  days: fc.integer({ min: 1, max: 70 }),
  what: fc.constantFrom('nothing', 'nothing', 'renew', 'outcome', 'handled'),
})

describeEachDatabase('what is told of carriers of its own accord', (open) => {
  let house: EventsHouse
  afterEach(() => house.stop())

  test('is told to each once, and of a contract that was renewed no more', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 9 }), async (steps) => {
        house = await openEventsHouse(open)
        const doing = () => ({ by: house.people.王强!, now: house.time.now, rules })
        const { row } = await house.store.transaction((trx) =>
          enterCarrier(trx, station(house.people.branch!, { endsOn: '2026-07-31' }), doing()),
        )
        // By the end of a contract, when another took its place.
        const past = new Map<string, string>()
        let day = dayIn(defaultZone, house.time.now)
        for (const { days, what } of steps) {
          day = addDays(day, days)
          // In the evening: whatever was due by then on a working day was told.
          await house.waitUntil(`${day}T09:00:00Z`)
          const carrier = await readCarrier(house.store.db, row.id)
          await house.store.transaction(async (trx) => {
            if (what === 'renew') await renewCarrier(trx, row.id, addDays(carrier.row.ends_on, 200), doing())
            if (what === 'outcome') await addOutcome(trx, row.id, { day, text: '成果' }, doing())
            const stage = currentStage(carrier, rules, 'expiry', day)
            if (what === 'handled' && stage) await markHandled(trx, row.id, stage, doing())
          })
          if (what === 'renew') past.set(carrier.row.ends_on, house.time.now.toISOString())
          await house.settle()
        }
        const all = await told()
        const cards = all.map(({ said }) => said)
        expect(new Set(cards).size).toBe(cards.length)
        for (const { said, at } of all) {
          const [matter, since = ''] = said.split(' ')
          const end = past.get(since)
          if (matter === 'expiry' && end !== undefined) expect(at <= end).toBe(true)
        }
        expect(house.errors).toEqual([])
        await house.stop()
      }),
      { numRuns: 6 },
    )
  })

  /** `matter since stage person`, and when it was said. */
  async function told(): Promise<{ said: string; at: string }[]> {
    const rows = await house.store.db
      .selectFrom('outbox')
      .select(['id', 'created_at'])
      .where('id', 'like', 'carrier:%')
      .where('operation', '=', 'send')
      .execute()
    return rows.map(({ id, created_at: at }) => ({ said: id.split(':').slice(2).join(' '), at }))
  }
})
