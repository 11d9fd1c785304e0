import { expect, test } from 'vitest'
import type { Card } from '../../src/chat/card.ts'
import { createReminder } from '../../src/features/reminders/making/keep-reminder.ts'
import type { Target } from '../../src/features/reminders/records.ts'
import type { Fate } from '../fakes/fake-platform.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { branchGroup, buttonsOf, openDutiesHouse } from './duties-house.ts'

const nine = Date.parse('2026-03-03T01:00:00Z')
const minute = 60_000
/** How a platform is away: it refuses, or breaks off without telling. */
const absences: readonly Fate[] = ['later', 'cut-before']
const reminded = ['张三', '陈晨', '李梅', '孙工']

const textOf = (card: Card | undefined) => JSON.stringify(card)

describeEachDatabase('reminders while their platform is away for six hours', (open) => {
  test.each(absences)(
    '%s: none is lost or said twice, and none after its acknowledgement',
    async (absence) => {
      const house = await openDutiesHouse(open)
      const { people, fake } = house
      const targets: Target[] = reminded.map((name) => ({ kind: 'person', person: people[name]! }))
      const remind = (
        title: string,
        whom: Target[],
        steps: { after: { workingHours: number }; to: 'again' }[],
      ) =>
        house.store.transaction((trx) =>
          createReminder(
            trx,
            {
              ...{ title, organisation: people.branch!, owner: null, means: { type: 'know' }, steps },
              ...{ rule: { type: 'once', at: '2026-03-03T09:00' }, targets: whom },
            },
            { by: null, now: house.time.now },
          ),
        )
      await remind('填报', targets, [])
      await remind('群里说', [{ kind: 'chat', chat: branchGroup }], [])
      // Told again while the first message still lies there.
      await remind(
        '走访',
        [{ kind: 'person', person: people.王强! }],
        [{ after: { workingHours: 2 }, to: 'again' }],
      )
      let tried = 0
      fake.fate = () => {
        tried += 1
        return absence
      }
      for (let passed = 0; passed < 6 * 60; passed += 15) {
        await house.waitUntil(new Date(nine + passed * minute).toISOString())
        if (passed === 180) {
          // In the web chat, where it is listed all the same.
          const item = await house.store.db
            .selectFrom('reminder_item')
            .select('id')
            .where('person', '=', people.张三!)
            // The group asks each of its people too.
            .where('chat', 'is', null)
            .executeTakeFirstOrThrow()
          const pressed = { action: 'reminders.acknowledge', value: { item: item.id } }
          expect((await house.click('张三', pressed)).toast).toContain('已知悉')
        }
      }
      expect(tried).toBeGreaterThan(reminded.length * 5)
      expect(fake.made).toEqual([])
      fake.fate = () => 'ok'
      for (const back of [360, 390, 420]) await house.waitUntil(new Date(nine + back * minute).toISOString())

      const counts = { lost: 0, twice: 0, silent: 0, afterAcknowledgement: 0 }
      const shown = [...reminded.slice(1), '王强'].map((name) => house.cardsOf(name))
      for (const cards of [...shown, house.cardsIn(branchGroup)]) {
        if (cards.length === 0) counts.lost += 1
        counts.twice += Math.max(0, cards.length - 1)
        if (!textOf(cards[0]).includes('因系统中断补发')) counts.silent += 1
        expect(buttonsOf(cards[0]!)).not.toEqual([])
      }
      counts.afterAcknowledgement += house.cardsOf('张三').length
      console.log(JSON.stringify({ absence, dialect: house.store.dialect, tried, ...counts }))
      const doubtful = absence === 'cut-before'
      expect(counts).toEqual({
        ...{ lost: 0, silent: 0 },
        // What may have arrived is tried again, by the outbox's table.
        ...{ twice: doubtful ? 1 : 0, afterAcknowledgement: doubtful ? 1 : 0 },
      })
      expect(house.errors).toEqual([])
      await house.stop()
    },
  )
})
