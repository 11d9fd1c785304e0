import type { Account } from '../../../chat/incoming.ts'
import { accountKey } from '../../../chat/keys.ts'
import { translate } from '../../../messages/translate.ts'
import { ancestorsOf } from '../../../people/organisations.ts'
import { type Reads, readPerson } from '../../../people/people.ts'
import type { Trx } from '../../../store/store.ts'
import { changeSeats } from '../change-seats.ts'
import type { EventsContext } from '../context.ts'
import { findEvent, isActive, type RegistrationRow } from '../records.ts'
import { partIn } from '../seats/eligible.ts'
import { lockSeats } from '../seats/lock-seats.ts'
import { standingsOf } from '../seats/standing.ts'
import { languageOfRegistrant } from './registrant.ts'

/** Whether a guest has registrations that could become a person's. */
export async function hasRegistered(db: Reads, account: Account): Promise<boolean> {
  const found = await db
    .selectFrom('event_registration')
    .select('id')
    .where('account', '=', accountKey(account))
    .where('person', 'is', null)
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}

/**
 * What a guest registered for becomes the person's. Of two registrations with one event the better stays, and the seat of
 * the other is free at once.
 */
export async function adoptRegistrations(
  trx: Trx,
  context: EventsContext,
  { account, person }: { account: Account; person: string },
  now: Date,
): Promise<void> {
  const found = await trx
    .selectFrom('event_registration')
    .select(['id', 'event'])
    .where('account', '=', accountKey(account))
    .where('person', 'is', null)
    .orderBy('event')
    .execute()
  for (const { id, event } of found) {
    await lockSeats(trx, event)
    const read = (where: 'id' | 'person', value: string) =>
      trx
        .selectFrom('event_registration')
        .selectAll()
        .where('event', '=', event)
        .where(where, '=', value)
        .executeTakeFirst()
    const guests = await read('id', id)
    const own = await read('person', person)
    if (!guests) continue
    if (own && isActive(own) && rank(own) <= rank(guests)) {
      await end(trx, context, guests, now)
      continue
    }
    if (own && isActive(own)) await end(trx, context, own, now)
    // One row for each person and event: what ended is nobody's any more.
    if (own)
      await trx.updateTable('event_registration').set({ person: null }).where('id', '=', own.id).execute()
    await give(trx, guests, person, now)
  }
}

/** What is nearer to a seat goes first; of two alike the person's own. */
function rank({ state }: RegistrationRow): number {
  const order: RegistrationRow['state'][] = ['confirmed', 'offered', 'waiting', 'requested']
  const at = order.indexOf(state)
  return at < 0 ? order.length : at
}

async function end(trx: Trx, context: EventsContext, row: RegistrationRow, now: Date): Promise<void> {
  if (!isActive(row)) return
  const reason = translate(languageOfRegistrant(row), 'registration:merged')
  await changeSeats(trx, context, row.event, [{ type: 'cancel', id: row.id }], { by: null, now, reason })
}

/** From now on it counts for the person's organisation; its place and its seat stay as they are. */
async function give(trx: Trx, row: RegistrationRow, person: string, now: Date): Promise<void> {
  const event = await findEvent(trx, row.event)
  const standing = (await standingsOf(trx, [person], now)).get(person) ?? null
  const path = event
    ? [event.row.organisation, ...(await ancestorsOf(trx, event.row.organisation)).map(({ id }) => id)]
    : []
  const part = event ? partIn(event, standing, path, new Set()) : null
  const name = (await readPerson(trx, person))?.name ?? row.name
  const organisation = part && !('reason' in part) ? part.organisation : null
  await trx
    .updateTable('event_registration')
    .set({ person, account: null, name, organisation })
    .where('id', '=', row.id)
    .execute()
}
