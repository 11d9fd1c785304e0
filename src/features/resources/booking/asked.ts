import type { Card } from '../../../chat/card.ts'
import type { Language } from '../../../chat/language.ts'
import type { Recipient } from '../../../chat/outgoing.ts'
import { enqueue, enqueueEdit, type Lane } from '../../../delivery/outbox.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { translate } from '../../../messages/translate.ts'
import { addressOf } from '../../../people/address.ts'
import { membershipsInForce } from '../../../people/memberships.ts'
import { nextStop, routeFrom } from '../../../people/route.ts'
import { sealCard } from '../../../seal/sealed-card.ts'
import type { Trx } from '../../../store/store.ts'
import type { ResourcesContext } from '../context.ts'
import type { BookingRow, ResourceRow } from '../records.ts'
import { bookingCard } from './booking-cards.ts'
import { factsOf, isOutside, languageOf } from './facts.ts'

/** Puts a request to whoever is in charge of the resource, else to the cadres of its organisation. */
export async function askKeepers(
  trx: Trx,
  context: ResourcesContext,
  booking: BookingRow,
  now: Date,
): Promise<void> {
  const { resource } = await factsOf(trx, context, booking, now)
  const people = await firstAsked(trx, resource, booking, dayInChina(now))
  await ask(trx, context, booking, people, 'resources:tell.asked', now)
}

/** Puts it to those who have not been asked, the cadres first and then those above; whether there was anybody. */
export async function askOthers(
  trx: Trx,
  context: ResourcesContext,
  booking: BookingRow,
  now: Date,
): Promise<boolean> {
  const { resource } = await factsOf(trx, context, booking, now)
  const today = dayInChina(now)
  const already = new Set(await askedOf(trx, booking.id))
  const except = new Set([...already, ...(booking.person === null ? [] : [booking.person])])
  const cadres = await routeFrom({ db: trx, today }, resource.organisation, except)
  const above = await nextStop({ db: trx, today }, resource.organisation, already)
  const people = cadres.receivers.length > 0 ? cadres.receivers : (above?.receivers ?? [])
  await ask(trx, context, booking, people, 'resources:tell.passed-on', now)
  return people.length > 0
}

/** Reminds those who were asked. */
export async function askAgain(
  trx: Trx,
  context: ResourcesContext,
  booking: BookingRow,
  now: Date,
): Promise<void> {
  for (const person of await askedOf(trx, booking.id)) {
    await tellKeeper(trx, context, booking, person, { lead: 'resources:tell.reminded', why: 'again', now })
  }
}

/** What became of it stands on the cards of all who were asked. */
export async function settleCards(
  trx: Trx,
  context: ResourcesContext,
  booking: BookingRow,
  now: Date,
): Promise<void> {
  const asked = await trx
    .selectFrom('resource_asked')
    .select(['person', 'message'])
    .where('booking', '=', booking.id)
    .execute()
  for (const { person, message } of asked) {
    if (message === null) continue
    const language = await languageOf(trx, person)
    const facts = await factsOf(trx, context, booking, now)
    const card = await sealedFor(trx, context, booking, bookingCard(facts, 'keeper', language), language)
    await enqueueEdit(trx, { of: message, card, now })
  }
}

/** Those who have it before them. */
export async function askedOf(trx: Pick<Trx, 'selectFrom'>, booking: string): Promise<string[]> {
  const rows = await trx
    .selectFrom('resource_asked')
    .select('person')
    .where('booking', '=', booking)
    .orderBy('person')
    .execute()
  return rows.map(({ person }) => person)
}

export interface Telling {
  /** Key of the line above. */
  lead: string
  values?: Record<string, string>
  /** What tells this message from others about the booking. */
  why: string
  lane?: Lane
  now: Date
}

/** Says something to one of those who answer. */
export async function tellKeeper(
  trx: Trx,
  context: ResourcesContext,
  booking: BookingRow,
  person: string,
  telling: Telling,
): Promise<string | null> {
  const to = await addressOf(trx, person)
  return to && tell(trx, context, booking, 'keeper', await languageOf(trx, person), to, telling, person)
}

/** Says to whoever booked what became of it; an outside unit finds it by its receipt. */
export async function tellBooker(
  trx: Trx,
  context: ResourcesContext,
  booking: BookingRow,
  telling: Telling,
): Promise<void> {
  const to = booking.person === null ? null : await addressOf(trx, booking.person)
  if (!to || booking.person === null) return
  const language = await languageOf(trx, booking.person)
  await tell(trx, context, booking, 'booker', language, to, telling, booking.person)
}

async function tell(
  trx: Trx,
  context: ResourcesContext,
  booking: BookingRow,
  reader: 'keeper' | 'booker',
  language: Language,
  to: Recipient,
  { lead, values = {}, why, lane = 'confirmation', now }: Telling,
  person: string,
): Promise<string> {
  const facts = await factsOf(trx, context, booking, now)
  const made = bookingCard(facts, reader, language, translate(language, lead, values))
  const card = await sealedFor(trx, context, booking, made, language)
  return enqueue(trx, { id: `booking:${booking.id}:${why}:${person}`, to, card, lane, now })
}

/** A card as it may lie in a row: what says who an outside unit's contact is lies sealed until it is shown. */
export function sealedFor(
  trx: Trx,
  { sealer }: Pick<ResourcesContext, 'sealer'>,
  booking: BookingRow,
  card: Card,
  language: Language,
): Promise<Card> {
  return isOutside(booking) ? sealCard(trx, sealer, booking.id, card, language) : Promise.resolve(card)
}

async function ask(
  trx: Trx,
  context: ResourcesContext,
  booking: BookingRow,
  people: readonly string[],
  lead: string,
  now: Date,
): Promise<void> {
  for (const person of people) {
    const message = await tellKeeper(trx, context, booking, person, {
      lead,
      why: `ask:${booking.changed_at}`,
      now,
    })
    await trx
      .insertInto('resource_asked')
      .values({ booking: booking.id, person, message })
      .onConflict((conflict) => conflict.columns(['booking', 'person']).doUpdateSet({ message }))
      .execute()
  }
}

/** Whoever is in charge, if they still work here and can be reached; else the cadres. Nobody is asked about their own. */
async function firstAsked(
  trx: Trx,
  { owner, organisation }: ResourceRow,
  { person }: BookingRow,
  today: string,
): Promise<readonly string[]> {
  const isThere = owner !== null && (await membershipsInForce(trx, owner, today)).length > 0
  if (isThere && owner !== person && (await addressOf(trx, owner))) return [owner]
  const except = new Set(person === null ? [] : [person])
  return (await routeFrom({ db: trx, today }, organisation, except)).receivers
}
