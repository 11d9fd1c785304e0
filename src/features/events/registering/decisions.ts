import { PlainError } from '../../../messages/plain-error.ts'
import type { Trx } from '../../../store/store.ts'
import { changeSeats } from '../change-seats.ts'
import type { EventsContext } from '../context.ts'
import type { Event, RegistrationRow } from '../records.ts'
import type { SeatCommand } from '../seats/seats.ts'
import { noteReason } from './note-reason.ts'

/** Registrations that one press decides about. */
const mostTogether = 500

/** Who decides, and what they say about it. */
export interface Decision {
  /** A person who may manage the event: checked before. */
  by: string
  /** Told to the registrants; empty: nothing. */
  reason: string
  now: Date
}

/**
 * Approves requests in the order in which they came. Gives how many were: where seats and waiting list are full, the
 * rest stays as it is.
 */
export async function approveRequests(
  trx: Trx,
  context: EventsContext,
  event: Event,
  registrations: readonly string[],
  { by, now }: Decision,
): Promise<number> {
  const rows = await chosen(trx, event, registrations, ['requested'])
  const approve = rows.map(({ id }): Command => ({ type: 'approve', id }))
  if (approve.length === 0) throw new PlainError('registration:refused.not-requested')
  if ((await changeSeats(trx, context, event.row.id, approve, { by, now })) === null) return approve.length
  let approved = 0
  for (const command of approve) {
    const refusal = await changeSeats(trx, context, event.row.id, [command], { by, now })
    if (refusal === null) approved += 1
    else if (approved === 0 && command === approve.at(-1))
      throw new PlainError(`registration:refused.${refusal}`)
  }
  return approved
}

/** Declines requests. Gives how many were; throws PlainError where none is open any more. */
export async function declineRequests(
  trx: Trx,
  context: EventsContext,
  event: Event,
  registrations: readonly string[],
  decision: Decision,
): Promise<number> {
  const rows = await chosen(trx, event, registrations, ['requested'])
  if (rows.length === 0) throw new PlainError('registration:refused.not-requested')
  return end(trx, context, event, rows, 'refuse', decision)
}

/** Takes registrations back, whatever their deadline. Gives how many; throws PlainError where none stands any more. */
export async function cancelRegistrations(
  trx: Trx,
  context: EventsContext,
  event: Event,
  registrations: readonly string[],
  decision: Decision,
): Promise<number> {
  const rows = await chosen(trx, event, registrations, ['requested', 'confirmed', 'waiting', 'offered'])
  if (rows.length === 0) throw new PlainError('registration:refused.not-registered')
  return end(trx, context, event, rows, 'cancel', decision)
}

type Command = Exclude<SeatCommand, { type: 'register' }>

async function end(
  trx: Trx,
  context: EventsContext,
  event: Event,
  rows: readonly RegistrationRow[],
  type: 'refuse' | 'cancel',
  decision: Decision,
): Promise<number> {
  const ids = rows.map(({ id }) => id)
  await noteReason(trx, event.row.id, ids, decision)
  const commands = ids.map((id): Command => ({ type, id }))
  const { by, now, reason } = decision
  const said = reason === '' ? { by, now } : { by, now, reason }
  const refusal = await changeSeats(trx, context, event.row.id, commands, said)
  if (refusal !== null) throw new PlainError(`registration:refused.${refusal}`)
  return ids.length
}

/** Of those that were named the ones of this event, in these states, in their order; others are passed over. */
async function chosen(
  trx: Trx,
  event: Event,
  registrations: readonly string[],
  states: RegistrationRow['state'][],
): Promise<RegistrationRow[]> {
  if (registrations.length > mostTogether)
    throw new PlainError('registration:too-many-together', { most: mostTogether })
  if (registrations.length === 0) return []
  return trx
    .selectFrom('event_registration')
    .selectAll()
    .where('event', '=', event.row.id)
    .where('id', 'in', registrations)
    .where('state', 'in', states)
    .orderBy('seq')
    .execute()
}
