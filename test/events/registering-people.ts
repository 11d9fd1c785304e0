import { randomUUID } from 'node:crypto'
import { followEvent } from '../../src/features/events/consequences.ts'
import { acceptPresses } from '../../src/features/events/presses/accept.ts'
import type { Deed } from '../../src/features/events/presses/press.ts'
import { type Event, type EventRow, findEvent, registersWith } from '../../src/features/events/records.ts'
import { accountOf, type EventsHouse } from './events-house.ts'

const register: Deed = { type: 'register', guests: 0, answers: null }

/** Has people of the house, by their names, do the same about an event, and waits until it is done. */
export async function pressAll(
  house: EventsHouse,
  event: Event,
  names: readonly string[],
  deed: Deed = register,
): Promise<void> {
  const presses = names.map((name) => {
    const account = accountOf(name)
    const who = { type: 'account' as const, account, name: '' }
    const press = {
      deed,
      who,
      by: { account, person: null },
      team: null,
      language: 'zh-CN' as const,
      reply: null,
    }
    return { key: randomUUID(), event: registersWith(event), press }
  })
  await house.store.transaction((trx) => acceptPresses(trx, presses, house.time.now))
  await house.settle()
}

/** Changes an event as its organisers do, with all that follows. */
export async function change(
  house: EventsHouse,
  event: Event,
  values: Partial<EventRow> = {},
): Promise<Event> {
  await house.store.transaction(async (trx) => {
    const { id, sequence } = (await findEvent(trx, event.row.id))!.row
    await trx
      .updateTable('event_entry')
      .set({ ...values, sequence: sequence + 1 })
      .where('id', '=', id)
      .execute()
    await followEvent(trx, house.context, (await findEvent(trx, id))!, house.time.now)
  })
  await house.settle()
  return (await findEvent(house.store.db, event.row.id))!
}
