import { afterEach, expect, test } from 'vitest'
import { findEvent } from '../../src/features/events/records.ts'
import { describeEachDatabase } from '../store/each-database.ts'
import { type EventsHouse, openEventsHouse } from './events-house.ts'

describeEachDatabase('an event', (open) => {
  let house: EventsHouse
  afterEach(async () => {
    await house.stop()
    expect(house.errors).toEqual([])
  })

  test('is found by its number as people write it', async () => {
    house = await openEventsHouse(open)
    const { row } = await house.event()
    expect(row.number).toBe('HD-2026-0001')
    expect((await findEvent(house.store.db, 'hd-2026-0001'))?.row).toEqual(row)
    expect(await findEvent(house.store.db, 'HD-2026-0002')).toBeNull()
  })
})
