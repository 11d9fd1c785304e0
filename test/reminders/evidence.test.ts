import { expect, test } from 'vitest'
import type { Card } from '../../src/chat/card.ts'
import { acknowledge } from '../../src/features/reminders/items/acknowledge.ts'
import { evidenceOf } from '../../src/features/reminders/items/evidence.ts'
import { createReminder } from '../../src/features/reminders/making/keep-reminder.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { openDutiesHouse } from './duties-house.ts'

const textOf = (card: Card | undefined) => JSON.stringify(card)

describeEachDatabase('what shows that it was done', (open) => {
  test('files of the form are kept with the item, named on its card, and let go of by the draft; an urgent step presses', async () => {
    const house = await openDutiesHouse(open)
    Object.assign(house.fake.abilities, { urges: true })
    await house.store.transaction((trx) =>
      createReminder(
        trx,
        {
          ...{ title: '走访车间', organisation: house.people.branch!, owner: null, means: { type: 'done' } },
          rule: { type: 'once', at: '2026-03-03T09:00' },
          targets: [{ kind: 'person', person: house.people.李梅! }],
          steps: [
            { after: { workingHours: 1 }, to: 'urgent' },
            { after: { workingHours: 1 }, to: 'urgent' },
          ],
        },
        { by: null, now: house.time.now },
      ),
    )
    const pressed = () => house.fake.tried.filter(({ to }) => to.type === 'urgent').length
    await house.waitUntil('2026-03-03T01:00:00Z')
    expect(pressed()).toBe(0)
    await house.waitUntil('2026-03-03T02:01:00Z')
    expect(house.cardsOf('李梅').at(-1)!.title).toContain('【加急】')
    expect(pressed()).toBe(1)

    // The second lies in the outbox as it is acknowledged: it presses no more.
    house.takesNothing(true)
    await house.waitUntil('2026-03-03T03:05:00Z')
    const tried = pressed()
    const item = await house.store.db.selectFrom('reminder_item').selectAll().executeTakeFirstOrThrow()
    const blob = await house.blobs.put(Buffer.from('照片'))
    const files = [{ name: '走访.jpg', type: 'image/jpeg', size: 6, blob }]
    await house.store.transaction((trx) =>
      acknowledge(
        trx,
        {},
        { item: item.id, by: house.people.李梅!, note: '已走访', files, now: house.time.now },
      ),
    )
    house.takesNothing(false)
    await house.waitUntil('2026-03-03T09:00:00Z')
    expect(pressed()).toBe(tried)
    const kept = await evidenceOf(house.store.db, [item.id])
    expect(kept.get(item.id)).toMatchObject([{ name: '走访.jpg', blob }])
    const held = await house.store.db.selectFrom('blob_use').selectAll().where('hash', '=', blob).execute()
    expect(held).toHaveLength(1)
    expect(house.cardsOf('李梅').some((card) => textOf(card).includes('附件：走访.jpg'))).toBe(true)
    expect(house.errors).toEqual([])
    await house.stop()
  })
})
