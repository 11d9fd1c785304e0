import { enqueueMany, type OutgoingMessage } from '../../../delivery/outbox.ts'
import { setTimer } from '../../../timers/set-timer.ts'
import type { TimerHandler } from '../../../timers/timers.ts'
import { listRegistrations } from '../lists/list-registrations.ts'
import { findEvent } from '../records.ts'
import { addressesOfRegistrants, languageOfRegistrant } from '../registering/registrant.ts'
import { messageCard } from './message-cards.ts'
import { groupNamed, messageGroups } from './message-groups.ts'

/** Registrants in one transaction: more would hold up others. */
const batch = 100

/** Puts a message of the organisers into the outbox for the next of its readers, a batch at a time; once for each. */
export const sendMessage: TimerHandler = async (trx, { message: id = '', after = '' }, now) => {
  const message = await trx.selectFrom('event_message').selectAll().where('id', '=', id).executeTakeFirst()
  const event = message && (await findEvent(trx, message.event))
  const group = groupNamed(message?.audience)
  if (!event || group === null || message.done_at !== null) return
  const page = { size: batch, ...(after === '' ? {} : { after }) }
  const { registrations, next } = await listRegistrations(trx, event, messageGroups[group], page)
  // Who came after it was written was not counted in its preview either.
  const readers = registrations.flatMap(({ row }) => (row.created_at > message.at ? [] : [row]))
  const addresses = await addressesOfRegistrants(trx, readers)
  const messages = readers.flatMap((row): OutgoingMessage[] => {
    const to = addresses.get(row.id)
    const card = messageCard(event, message.text, languageOfRegistrant(row))
    return to ? [{ id: messageTo(id, row.id), to, card, lane: 'broadcast', now }] : []
  })
  await enqueueMany(trx, messages)
  await trx
    .updateTable('event_message')
    .set(({ eb }) => ({
      people: eb('people', '+', messages.length),
      unreached: eb('unreached', '+', readers.length - messages.length),
      done_at: next === null ? now.toISOString() : null,
    }))
    .where('id', '=', id)
    .execute()
  if (next === null) return
  const payload = { message: id, after: next }
  await setTimer(trx, { id: `event message ${id}`, kind: 'events.send-message', payload, at: now, now })
}

/** The outbox's id of a message to one registration: the same at every try. */
export function messageTo(message: string, registration: string): string {
  return `event message ${message} ${registration}`
}
