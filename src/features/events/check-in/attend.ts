import type { Selectable } from 'kysely'
import { PlainError } from '../../../messages/plain-error.ts'
import type { Reads } from '../../../people/people.ts'
import type { Trx } from '../../../store/store.ts'
import type { Tables } from '../../../store/tables.ts'
import { followLate, unfollow } from '../after/follow-late.ts'
import type { EventsContext } from '../context.ts'
import { type Event, type RegistrationRow, registersWith } from '../records.ts'
import { checkInTime, isWithin } from './check-in-time.ts'

export type CheckInRow = Selectable<Tables['event_check_in']>
export type How = CheckInRow['how']

/** Why somebody is not let in; each has its own words (`check-in:refused.*`). */
export type CheckInRefusal =
  | 'no-event'
  | 'cancelled-event'
  | 'not-yet'
  | 'past'
  | 'not-registered'
  | 'cancelled'
  | 'waiting'
  | 'offered'
  | 'requested'
  | 'undone'

export type CheckInAnswer =
  | { type: 'checked-in'; at: Date }
  /** They are in already, since then. */
  | { type: 'already'; at: Date }
  | { type: 'refused'; reason: CheckInRefusal }

/** Key of the sentence that tells a refusal. */
export const refusalKeys: Record<CheckInRefusal, string> = {
  'no-event': 'check-in:refused.no-event',
  'cancelled-event': 'check-in:refused.cancelled-event',
  'not-yet': 'check-in:refused.not-yet',
  past: 'check-in:refused.past',
  'not-registered': 'check-in:refused.not-registered',
  cancelled: 'check-in:refused.cancelled',
  waiting: 'check-in:refused.waiting',
  offered: 'check-in:refused.offered',
  requested: 'check-in:refused.requested',
  undone: 'check-in:refused.undone',
}

const byState: Record<RegistrationRow['state'], CheckInRefusal | null> = {
  confirmed: null,
  requested: 'requested',
  waiting: 'waiting',
  offered: 'offered',
  cancelled: 'cancelled',
  expired: 'cancelled',
  declined: 'cancelled',
}

/**
 * Notes that somebody is there, once however often it is said.
 * @param registration of the event that takes its registrations; null: they have none.
 * @param at when it happened: no later than `now`, which is that of `store.now(trx)`.
 * @param by the organiser who let them in; null: they did so themselves.
 */
export async function checkIn(
  trx: Trx,
  context: EventsContext,
  event: Event,
  registration: RegistrationRow | null,
  { how, by, at, now }: { how: How; by: string | null; at: Date; now: Date },
): Promise<CheckInAnswer> {
  const { row } = event
  const refuse = (reason: CheckInRefusal): CheckInAnswer => ({ type: 'refused', reason })
  if (row.state === 'draft') return refuse('no-event')
  if (row.state === 'cancelled') return refuse('cancelled-event')
  const time = checkInTime(row, how)
  if (at < time.from) return refuse('not-yet')
  if (!isWithin(time, at)) return refuse('past')
  if (!registration || registration.event !== registersWith(event)) return refuse('not-registered')
  const there = await checkInOf(trx, row.id, registration.id)
  if (there) return { type: 'already', at: new Date(there.at) }
  const reason = byState[registration.state]
  if (reason) return refuse(reason)
  // What was kept before an organiser took it back comes too late to count; what happens after it is new.
  if (await isUndoneSince(trx, row.id, registration.id, at)) return refuse('undone')
  const values = { event: row.id, registration: registration.id, how, by, at: at.toISOString() }
  await trx
    .insertInto('event_check_in')
    .values(values)
    .onConflict((conflict) => conflict.columns(['event', 'registration']).doNothing())
    .execute()
  if (row.state === 'over') await followLate(trx, context, event, registration, now)
  return { type: 'checked-in', at }
}

/**
 * Takes a check-in back: it was somebody else. False where there is none, or it came after `at`.
 * @param at when it was taken back: no later than `now`.
 */
export async function undoCheckIn(
  trx: Trx,
  context: EventsContext,
  event: Event,
  registration: RegistrationRow,
  { by, at, now }: { by: string; at: Date; now: Date },
): Promise<boolean> {
  if (!isWithin(checkInTime(event.row, 'by-hand'), now)) throw new PlainError('check-in:refused.past')
  const undone = await trx
    .deleteFrom('event_check_in')
    .where('event', '=', event.row.id)
    .where('registration', '=', registration.id)
    .where('at', '<=', at.toISOString())
    .returningAll()
    .executeTakeFirst()
  if (!undone) return false
  await trx
    .insertInto('event_check_in_undone')
    .values({ ...undone, undone_by: by, undone_at: at.toISOString() })
    .execute()
  if (event.row.state === 'over') await unfollow(trx, context, event, registration, now)
  return true
}

/** Since when somebody is there; null: they are not. */
export async function checkInOf(db: Reads, event: string, registration: string): Promise<CheckInRow | null> {
  const row = await db
    .selectFrom('event_check_in')
    .selectAll()
    .where('event', '=', event)
    .where('registration', '=', registration)
    .executeTakeFirst()
  return row ?? null
}

async function isUndoneSince(db: Reads, event: string, registration: string, at: Date): Promise<boolean> {
  const row = await db
    .selectFrom('event_check_in_undone')
    .select('id')
    .where('event', '=', event)
    .where('registration', '=', registration)
    .where('undone_at', '>=', at.toISOString())
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
