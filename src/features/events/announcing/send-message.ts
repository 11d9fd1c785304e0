import { enqueue } from '../../../delivery/outbox.ts'
import { setTimer } from '../../../timers/set-timer.ts'
import type { TimerHandler } from '../../../timers/timers.ts'
import { listRegistrations } from '../lists/list-registrations.ts'
import { findEvent } from '../records.ts'
import { addressOfRegistrant, languageOfRegistrant } from '../registering/registrant.ts'
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
  let people = 0
  let unreached = 0
  for (const { row } of registrations) {
    // Who came after it was written was not counted in its preview either.
    if (row.created_at > message.at) continue
    const to = await addressOfRegistrant(trx, row)
    if (to === null) {
      unreached += 1
      continue
    }
    people += 1
    const card = messageCard(event, message.text, languageOfRegistrant(row))
    await enqueue(trx, { id: messageTo(id, row.id), to, card, lane: 'broadcast', now })
  }
  await trx
    .updateTable('event_message')
    .set(({ eb }) => ({
      people: eb('people', '+', people),
      unreached: eb('unreached', '+', unreached),
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
