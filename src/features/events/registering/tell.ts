import { randomUUID } from 'node:crypto'
import { enqueue, enqueueEdit, enqueueMany, type OutgoingMessage } from '../../../delivery/outbox.ts'
import { addressOf } from '../../../people/address.ts'
import { type Reads, readPerson } from '../../../people/people.ts'
import type { Trx } from '../../../store/store.ts'
import type { EventsContext } from '../context.ts'
import type { Event, RegistrationRow } from '../records.ts'
import type { RegistrationState } from '../seats/seats.ts'
import { keepErasure } from './keep-erasure.ts'
import { leavingCard } from './organiser-cards.ts'
import { organisersOf } from './organisers.ts'
import { addressesOfRegistrants, languageOfRegistrant } from './registrant.ts'
import { collectRequests } from './requests.ts'
import { sealPublic } from './sealed-cards.ts'
import { toldCard } from './tell-card.ts'

/** A registration that changed, and how. */
export interface Told {
  /** As it is now. */
  registration: RegistrationRow
  /** What it was before; null: it is new. */
  from: RegistrationState | null
  /** On the waiting list, from 1; null: not on it. */
  position: number | null
  /** The outbox's id of the card that waits for this result; null: a new message says it. */
  reply: string | null
  /** Who did it; null: the rules, or the registrant without account. */
  by: string | null
  /** What whoever did it says about it. Default: nothing. */
  reason?: string
}

/** Says to everybody concerned what became of their registration: one message each, alone. */
export async function tellRegistrants(
  trx: Trx,
  context: EventsContext,
  event: Event,
  told: readonly Told[],
  now: Date,
): Promise<void> {
  await collectRequests(trx, event, told, now)
  const isStranger = told.some(({ registration, from }) => from === null && registration.person === null)
  if (isStranger) await keepErasure(trx, event, now)
  // Of an event that is cancelled its organisers tell everybody, with their reason.
  if (told.length === 0 || event.row.state === 'cancelled') return
  const concerned = told.filter(isTold)
  if (concerned.length === 0) return
  await tellLeaving(trx, context, event, concerned.filter(isLeaving), now)
  const dates = await datesOf(trx, event)
  const names = await namesOf(trx, concerned)
  const addresses = await addressesOfRegistrants(
    trx,
    concerned.map(({ registration }) => registration),
  )
  const messages: OutgoingMessage[] = []
  for (const one of concerned) {
    const { registration, reply } = one
    const language = languageOfRegistrant(registration)
    const registeredBy = registration.registered_by
    const card = toldCard(one, {
      ...{ event, dates, language, now },
      registeredBy: registeredBy === registration.person ? null : (names.get(registeredBy ?? '') ?? null),
      isLeaving: isLeaving(one),
    })
    if (reply !== null) {
      await enqueueEdit(trx, { of: reply, card, lane: 'confirmation', now })
      continue
    }
    const to = addresses.get(registration.id)
    if (to) messages.push({ id: randomUUID(), to, card, lane: 'confirmation', now })
  }
  await enqueueMany(trx, messages)
}

/** The organisers answer whoever asks to be let go. */
async function tellLeaving(
  trx: Trx,
  context: EventsContext,
  event: Event,
  told: readonly Told[],
  now: Date,
): Promise<void> {
  if (told.length === 0) return
  for (const person of await organisersOf(trx, event, now)) {
    const to = await addressOf(trx, person)
    if (!to) continue
    const language = (await readPerson(trx, person))?.language ?? 'zh-CN'
    for (const { registration, reason = '' } of told) {
      const open = leavingCard(event, registration, { reason, language })
      const card = await sealPublic(trx, context, [registration], open, language)
      await enqueue(trx, { id: randomUUID(), to, card, lane: 'confirmation', now })
    }
  }
}

/** What changed nothing but guests or the place in the list is said to whoever waits for it. */
function isTold(told: Told): boolean {
  return told.reply !== null || told.registration.state !== told.from || isLeaving(told)
}

/** They asked to be let go: nothing changed yet, and they said why. */
function isLeaving({ registration, from, reason }: Told): boolean {
  return registration.state === from && registration.asked_to_leave_at !== null && reason !== undefined
}

/** All dates that a registration with this event is for. */
async function datesOf(db: Reads, { row }: Event) {
  if (row.series === null) return [row]
  const dates = await db
    .selectFrom('event_entry')
    .select(['starts_at', 'ends_at', 'time_zone'])
    .where((where) => where.or([where('id', '=', row.id), where('registers_with', '=', row.id)]))
    .where('state', '=', 'published')
    .orderBy('starts_at')
    .execute()
  return dates.length > 0 ? dates : [row]
}

/** The names of those who registered others, by id. */
async function namesOf(db: Reads, told: readonly Told[]): Promise<Map<string, string>> {
  const people = new Set(told.flatMap(({ registration }) => registration.registered_by ?? []))
  if (people.size === 0) return new Map()
  const rows = await db
    .selectFrom('person')
    .select(['id', 'name'])
    .where('id', 'in', [...people])
    .execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}
