import { createHash } from 'node:crypto'
import type { Language } from '../../../chat/language.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import type { Reads } from '../../../people/people.ts'
import { checkReceipt, receiptCodeFrom, receiptHash } from '../../../people/receipt-code.ts'
import type { Trx } from '../../../store/store.ts'
import type { EventsContext } from '../context.ts'
import { acceptPresses } from '../presses/accept.ts'
import { type Event, findEvent, type RegistrationRow, registersWith } from '../records.ts'
import { sealContact } from './contact.ts'
import type { PublicRegistration } from './public-form.ts'

/** A public event, and the one that takes its registrations. */
export interface PublicEvent {
  event: Event
  registering: Event
}

/** Throws PlainError where there is none that anybody may come to: drafts and events of the house are told alike. */
export async function publicEvent(db: Reads, number: string): Promise<PublicEvent> {
  const event = await findEvent(db, number)
  const lead = event && registersWith(event)
  const registering = event && (lead === event.row.id ? event : await findEvent(db, lead ?? ''))
  if (!event || !registering?.audience.public || event.row.state === 'draft')
    throw new PlainError('registration:refused.no-such-event')
  return { event, registering }
}

/** What was accepted of a web form. */
export interface AcceptedForm {
  /** Of the press. */
  key: string
  /** By which the registration is found again; nobody else knows it. */
  code: string
  number: string
  registration: string
}

/**
 * Accepts a registration of the public.
 * @param once a text of the page that was filled in: the same page again is the same registration with the same code.
 */
export async function acceptPublic(
  trx: Trx,
  context: EventsContext,
  { registering }: PublicEvent,
  { contact, guests, answers }: PublicRegistration,
  { once, language, now }: { once: string; language: Language; now: Date },
): Promise<AcceptedForm> {
  const { id: event, number } = registering.row
  const registration = publicId(context, event, contact.telephone)
  const key = `web ${registration} ${createHash('sha256').update(once).digest('base64url')}`
  const code = receiptCodeFrom(context.sealer.tag(`event receipt ${key}`))
  const sealed = await sealContact(trx, context, registration, contact)
  const hash = receiptHash(number, code)
  const press = {
    deed: { type: 'register' as const, guests, answers },
    who: { type: 'public' as const, registration, contact: sealed, receiptHash: hash },
    ...{ by: { account: null, person: null }, team: null, language, reply: null },
  }
  await acceptPresses(trx, [{ key, event, press }], now)
  return { key, code, number, registration }
}

/** What somebody of the public does about their registration, once their code was right. Gives the press's key. */
export async function pressPublic(
  trx: Trx,
  registration: Pick<RegistrationRow, 'id' | 'event' | 'seq'>,
  deed: PublicDeed | { type: 'ask-to-leave'; reason: string },
  { language, now, reply = null }: { language: Language; now: Date; reply?: string | null },
): Promise<string> {
  const { id, event, seq } = registration
  // Whoever registers anew, and cancels once more, presses another time.
  const done = typeof deed === 'string' ? { type: deed } : deed
  const key = `web ${id} ${done.type} ${seq} ${now.toISOString()}`
  const who = { type: 'public' as const, registration: id, contact: '', receiptHash: '' }
  const press = {
    deed: done,
    who,
    by: { account: null, person: null },
    team: null,
    language,
    reply,
  }
  await acceptPresses(trx, [{ key, event, press }], now)
  return key
}

export type PublicDeed = 'cancel' | 'accept-offer' | 'decline-offer' | 'confirm-again'

/** The registration of a number and its code. Wrong ones are counted by `who`. */
export async function findByCode(
  trx: Trx,
  { number, code, who, now }: { number: string; code: string; who: string; now: Date },
): Promise<{ event: Event; registration: RegistrationRow } | 'wrong' | 'too-many'> {
  const named = await findEvent(trx, number)
  const event = named && (await findEvent(trx, registersWith(named)))
  const row =
    event &&
    (await trx
      .selectFrom('event_registration')
      .selectAll()
      .where('event', '=', event.row.id)
      .where('receipt_hash', '=', receiptHash(event.row.number, code))
      .executeTakeFirst())
  const asked = { number: event?.row.number ?? number, code, hash: row?.receipt_hash ?? null, who, now }
  const checked = await checkReceipt(trx, asked)
  if (checked !== 'right') return checked
  return event && row ? { event, registration: row } : 'wrong'
}

/**
 * The id of whoever is reached there, for one event: who registers twice is found to be registered. Shaped as other ids
 * are, for codes hold them in their shortest form (RFC 9562, version 8).
 */
function publicId({ sealer }: Pick<EventsContext, 'sealer'>, event: string, telephone: string): string {
  const folded = telephone.normalize('NFKC').toLowerCase()
  const bare = folded.includes('@')
    ? folded.trim()
    : folded.replaceAll(/[^\d]/g, '').replace(/^(?:00)?86(?=1\d{10}$)/, '')
  const hex = Buffer.from(sealer.tag(`event registrant ${event} ${bare}`), 'base64url').toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
