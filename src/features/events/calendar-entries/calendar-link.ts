import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Reads } from '../../../people/people.ts'
import type { EventsContext } from '../context.ts'
import { type Event, findEvent, type RegistrationRow } from '../records.ts'

/** The address at which the file of a registration is fetched, as it is at that time: for calendars to subscribe to. */
export function calendarUrl(
  { publicUrl }: Pick<EventsContext, 'publicUrl'>,
  registering: Event,
  registration: Pick<RegistrationRow, 'id'>,
): string {
  return `${publicUrl()}/calendar/${registration.id}.${signatureOf(registering, registration)}.ics`
}

/**
 * The registration that a link names, and the event that took it. Null: there is none, or the link was altered.
 * @param token What stands in the address between `/calendar/` and `.ics`.
 */
export async function registrationOfLink(
  db: Reads,
  token: string,
): Promise<{ event: Event; registration: RegistrationRow } | null> {
  const [, id, signature] = /^([\w-]{1,64})\.([\w-]{22})$/.exec(token) ?? []
  if (!id || !signature) return null
  const registration = await db
    .selectFrom('event_registration')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  const event = registration && (await findEvent(db, registration.event))
  if (!registration || !event) return null
  const right = Buffer.from(signatureOf(event, registration))
  return timingSafeEqual(right, Buffer.from(signature)) ? { event, registration } : null
}

/** 128 bits: nobody comes upon the link of another by trying. */
function signatureOf({ row }: Event, { id }: Pick<RegistrationRow, 'id'>): string {
  return createHmac('sha256', row.secret)
    .update(`calendar ${id}`)
    .digest()
    .subarray(0, 16)
    .toString('base64url')
}
