import fc from 'fast-check'
import { expect, test } from 'vitest'
import { book } from '../../src/features/resources/booking/book.ts'
import { settle } from '../../src/features/resources/booking/settle.ts'
import { PlainError } from '../../src/messages/plain-error.ts'
import { openEventsHouse } from '../events/events-house.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { addResource } from './resource-drafts.ts'

const who = ['张三', '陈晨', '孙工', '褚工', '卫工'] as const
const details = { unit: '某中学', name: '王老师', phone: '13900000002', purpose: '参观', wishes: '' }

/** One thing that somebody does: asks for a time, or does something to the n-th booking there is. */
const deed = fc.oneof(
  fc.record({
    type: fc.constant('book' as const),
    by: fc.integer({ min: 0, max: who.length }),
    from: fc.integer({ min: 9, max: 15 }),
    length: fc.integer({ min: 1, max: 3 }),
    people: fc.integer({ min: 1, max: 30 }),
  }),
  fc.record({
    type: fc.constant('settle' as const),
    which: fc.integer({ min: 0, max: 9 }),
    move: fc.constantFrom('confirm', 'decline', 'propose', 'accept', 'give-up', 'call-off'),
    from: fc.integer({ min: 9, max: 15 }),
  }),
)
const two = (hour: number) => `${String(hour).padStart(2, '0')}:00`

describeEachDatabase('whatever is asked for, agreed to, moved and cancelled at the same moment', (open) => {
  test('nobody is there beside others beyond what may be, on any day no more bookings than may be', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(deed, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 4 }),
        fc.option(fc.integer({ min: 10, max: 50 })),
        fc.option(fc.integer({ min: 1, max: 3 })),
        async (rounds, together, mostADay) => {
          const house = await openEventsHouse(open)
          const { store, people, resources, time } = house
          const { id } = await addResource(house, {
            ...{ share: 'public', together, mostADay, hours: '09:00-18:00', onWorkingDays: false },
          })
          const all = () => store.db.selectFrom('resource_booking').selectAll().orderBy('number').execute()
          for (const round of rounds) {
            const before = await all()
            const results = await Promise.allSettled(
              round.map((one) =>
                store.transaction(async (trx) => {
                  const now = time.now
                  if (one.type === 'book') {
                    const person = one.by === who.length ? null : people[who[one.by]!]!
                    const wish = { day: '2026-03-05', from: two(one.from), to: two(one.from + one.length) }
                    await book(trx, resources.context, {
                      ...{ resource: id, wish: { ...wish, people: one.people }, details, person, now },
                      language: 'zh-CN',
                    })
                    return
                  }
                  const booking = before[one.which]
                  if (!booking) return
                  const isBookers = one.move === 'accept' || one.move === 'give-up'
                  const own = booking.person === null ? ('receipt' as const) : { person: booking.person }
                  const { day, people: many } = booking
                  await settle(trx, resources.context, {
                    ...{ booking: booking.id, move: one.move as 'confirm', now },
                    doer: isBookers ? own : { person: people.王强! },
                    wish: { day, from: two(one.from), to: two(one.from + 1), people: many },
                  })
                }),
              ),
            )
            for (const result of results)
              if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(PlainError)
            const held = (await all()).filter(
              ({ state, holds }) => holds === 1 && ['requested', 'proposed', 'confirmed'].includes(state),
            )
            if (mostADay !== null) expect(held.length).toBeLessThanOrEqual(mostADay)
            for (let hour = 1; hour < 10; hour += 1) {
              const at = `2026-03-05T0${hour}:30:00.000Z`
              const there = held.filter(({ starts_at, ends_at }) => starts_at < at && at < ends_at)
              if (together === null) expect(there.length).toBeLessThanOrEqual(1)
              else
                expect(there.reduce((sum, { people: many }) => sum + many, 0)).toBeLessThanOrEqual(together)
            }
            // What was agreed keeps others out, and what is over keeps nobody out.
            for (const { state, holds } of await all()) {
              if (state === 'confirmed' || state === 'proposed') expect(holds).toBe(1)
              if (['declined', 'withdrawn', 'cancelled'].includes(state)) expect(holds).toBe(0)
            }
          }
          await house.stop()
        },
      ),
      { numRuns: 12 },
    )
  })

  test.each(['serializable', 'row-locks'] as const)(
    'twenty who want the same hour at once (%s): one has it, the others read that it is taken',
    async (isolation) => {
      const house = await openEventsHouse(open)
      const { id } = await addResource(house)
      const { store, people, resources, time } = house
      const results = await Promise.allSettled(
        Array.from({ length: 20 }, (_, at) =>
          store.transaction(
            (trx) =>
              book(trx, resources.context, {
                ...{
                  resource: id,
                  details,
                  person: people[who[at % who.length]!]!,
                  language: 'zh-CN',
                  now: time.now,
                },
                wish: { day: '2026-03-05', from: '09:00', to: '10:00', people: 5 },
              }),
            { isolation },
          ),
        ),
      )
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      for (const result of results)
        if (result.status === 'rejected')
          expect(result.reason).toMatchObject({ key: 'resources:refused.taken' })
      await house.stop()
    },
  )
})
