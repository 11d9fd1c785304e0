import { randomUUID } from 'node:crypto'
import { accountKey } from '../../src/chat/keys.ts'
import { type Event, type RegistrationRow, registersWith } from '../../src/features/events/records.ts'
import { sealContact } from '../../src/features/events/registering/contact.ts'
import { accountOf, type EventsHouse } from './events-house.ts'

/** Somebody registered, as a row that stands there already. @param name of a person of the house, or a guest's account. */
export async function registered(
  house: EventsHouse,
  event: Event,
  name: string,
  changed: Partial<RegistrationRow> = {},
): Promise<RegistrationRow> {
  const at = event.row.created_at
  const person = house.people[name] ?? null
  const row: RegistrationRow = {
    ...{ id: randomUUID(), event: registersWith(event), seq: 1, person, name },
    account: person === null ? accountKey(accountOf(name)) : null,
    organisation: person === null ? null : (house.people.branch ?? null),
    ...{ contact: null, state: 'confirmed', pool: '', guests: 0, answers: '{}', priority: 0, team: null },
    ...{
      registered_by: null,
      offer_until: null,
      arrangement: event.row.arrangement,
      asked_to_leave_at: null,
    },
    ...{ receipt_hash: null, language: 'zh-CN', created_at: at, changed_at: at },
    ...changed,
  }
  await house.store.transaction((trx) => trx.insertInto('event_registration').values(row).execute())
  return row
}

/** Somebody of the public, whose name lies sealed. */
export async function registeredPublic(
  house: EventsHouse,
  event: Event,
  name: string,
  changed: Partial<RegistrationRow> = {},
): Promise<RegistrationRow> {
  const id = randomUUID()
  const contact = await house.store.transaction((trx) =>
    sealContact(trx, house.context, id, { name, unit: '', telephone: '010-0000' }),
  )
  return registered(house, event, name, {
    ...{ id, name: '', person: null, account: null, organisation: null, contact },
    ...changed,
  })
}

/** Everything that stands on cards, as text. */
export function textOf(cards: unknown): string {
  return JSON.stringify(cards)
}
