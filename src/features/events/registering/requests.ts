import type { Card } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import { enqueue } from '../../../delivery/outbox.ts'
import { addressOf } from '../../../people/address.ts'
import { type Reads, readPerson } from '../../../people/people.ts'
import type { Trx } from '../../../store/store.ts'
import { setTimer } from '../../../timers/set-timer.ts'
import type { TimerHandler } from '../../../timers/timers.ts'
import type { EventsContext } from '../context.ts'
import { type Event, findEvent, type RegistrationRow } from '../records.ts'
import { requestsCard } from './organiser-cards.ts'
import { organisersOf } from './organisers.ts'
import { sealPublic } from './sealed-cards.ts'
import type { Told } from './tell.ts'

/** Requests that come within this time are told together. Milliseconds. */
const together = 10 * 60_000
/** Requests that a card names one by one. */
const mostNamed = 8

/** A request with what organisers decide by. */
export interface NamedRequest {
  row: RegistrationRow
  /** The organisation it counts for; empty: the public. */
  organisation: string
}

/** Has the organisers told of requests soon: one card for all that come within ten minutes. */
export async function collectRequests(
  trx: Trx,
  event: Event,
  told: readonly Told[],
  now: Date,
): Promise<void> {
  const isNew = told.some(
    ({ registration, from }) => registration.state === 'requested' && from !== 'requested',
  )
  if (!isNew) return
  // Ends of fixed spans, so that a request which comes later does not put off the earlier ones.
  const at = new Date((Math.floor(now.getTime() / together) + 1) * together)
  const id = `event requests ${event.row.id}`
  await setTimer(trx, { id, kind: 'events.requests', payload: { event: event.row.id }, at, now })
}

/** Tells the organisers of all requests that wait. */
export function requestTimers(context: EventsContext): Record<string, TimerHandler> {
  return {
    async 'events.requests'(trx, { event: id = '' }, now) {
      const event = await findEvent(trx, id)
      if (event?.row.state !== 'published') return
      if ((await readRequests(trx, id)).count === 0) return
      for (const person of await organisersOf(trx, event, now)) {
        const to = await addressOf(trx, person)
        if (!to) continue
        const language = (await readPerson(trx, person))?.language ?? 'zh-CN'
        const card = await sealedRequests(trx, context, event, { language, now })
        await enqueue(trx, {
          id: `event requests ${id} ${person} ${now.toISOString()}`,
          to,
          card,
          lane: 'confirmation',
          now,
        })
      }
    },
  }
}

/** The card of all requests that wait, as it may lie in a row. */
export async function sealedRequests(
  trx: Trx,
  context: EventsContext,
  event: Event,
  { language, now }: { language: Language; now: Date },
): Promise<Card> {
  const waiting = await readRequests(trx, event.row.id)
  const card = requestsCard(event, waiting, { language, now, url: consoleAddress(context, event) })
  const rows = waiting.requests.map(({ row }) => row)
  return sealPublic(trx, context, rows, card, language)
}

/** Requests of an event that wait for an answer: the first of them, and how many there are. */
async function readRequests(db: Reads, event: string): Promise<{ requests: NamedRequest[]; count: number }> {
  const seats = await db
    .selectFrom('event_seats')
    .select('requested')
    .where('event', '=', event)
    .executeTakeFirst()
  const rows = await db
    .selectFrom('event_registration')
    .leftJoin('organisation', 'organisation.id', 'event_registration.organisation')
    .selectAll('event_registration')
    .select('organisation.name as organisation_name')
    .where('event', '=', event)
    .where('state', '=', 'requested')
    .orderBy('seq')
    .limit(mostNamed)
    .execute()
  return {
    requests: rows.map(({ organisation_name, ...row }) => ({ row, organisation: organisation_name ?? '' })),
    count: Math.max(seats?.requested ?? 0, rows.length),
  }
}

/** Where organisers find all registrations of an event. */
function consoleAddress({ publicUrl }: Pick<EventsContext, 'publicUrl'>, { row }: Event): string {
  return `${publicUrl()}/console/events/${row.id}/registrations`
}
