import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { Language } from '../../../chat/language.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import type { Reads } from '../../../people/people.ts'
import type { EventsContext } from '../context.ts'
import { whenOf } from '../lists/event-texts.ts'
import { type Event, type RegistrationRow, registersWith } from '../records.ts'
import { checkInTime } from './check-in-time.ts'
import { nameOf } from './names.ts'
import { eventTag, personalCode, shortCode, shortTag } from './personal-code.ts'

/** A list is taken anew while there is a network; without one it lasts over a long day, not over a night. */
const listFor = 12 * 3600_000

/** Somebody on the list that an organiser's phone keeps. */
export interface ListedGuest {
  id: string
  name: string
  /** Empty: the public. */
  organisation: string
  guests: number
  state: RegistrationRow['state']
  /** Hashes of their codes, long and short: by them a phone knows a code without being able to make one. */
  codes: [string, string]
}

/** What a phone needs to let people in without a network. Times are ISO texts. */
export interface CheckInList {
  event: {
    id: string
    number: string
    title: string
    when: string
    /** How its codes begin: those of other events are told by it. */
    tag: string
    shortTag: string
    cancelled: boolean
    /** When codes, and ticks by hand, are taken. */
    from: string
    codesUntil: string
    byHandUntil: string
  }
  issuedAt: string
  expiresAt: string
  guests: ListedGuest[]
  /** Signs event, organiser, times and guests: it comes back with what the phone has noted. */
  token: string
}

/** The list of an event for an organiser's phone, who may check people in: that is asked before. */
export async function signedList(
  db: Reads,
  context: Pick<EventsContext, 'sealer'>,
  event: Event,
  { person, language, now }: { person: string; language: Language; now: Date },
): Promise<CheckInList> {
  const { row } = event
  const codes = checkInTime(row, 'personal-code')
  const expiresAt = new Date(now.getTime() + listFor)
  const guests = await guestsOf(db, context, event)
  const [issued, expires] = [now.toISOString(), expiresAt.toISOString()]
  return {
    event: {
      ...{ id: row.id, number: row.number, title: row.title, when: whenOf(row, language, now) },
      ...{ tag: eventTag(row.id), shortTag: shortTag(row.id), cancelled: row.state === 'cancelled' },
      ...{ from: codes.from.toISOString(), codesUntil: codes.until.toISOString() },
      byHandUntil: checkInTime(row, 'by-hand').until.toISOString(),
    },
    ...{ issuedAt: issued, expiresAt: expires, guests },
    token: signToken(event, { person, issued, expires, digest: digestOf(guests) }),
  }
}

async function guestsOf(
  db: Reads,
  context: Pick<EventsContext, 'sealer'>,
  event: Event,
): Promise<ListedGuest[]> {
  const rows = await db
    .selectFrom('event_registration as registration')
    .leftJoin('organisation', 'organisation.id', 'registration.organisation')
    .selectAll('registration')
    .select('organisation.name as unit')
    .where('registration.event', '=', registersWith(event))
    .orderBy('registration.seq')
    .orderBy('registration.id')
    .execute()
  // Together, so that the keys of the sealed ones are read in one statement.
  return Promise.all(
    rows.map(async (row) => ({
      ...{ id: row.id, name: await nameOf(db, context, row), organisation: row.unit ?? '' },
      ...{ guests: row.guests, state: row.state },
      codes: [hashOf(personalCode(event.row, row.id)), hashOf(shortCode(event.row, row.id))],
    })),
  )
}

/** SHA-256, 16 characters of its base64url (96 bits): as the phone counts it. */
export function hashOf(code: string): string {
  return createHash('sha256').update(code).digest('base64url').slice(0, 16)
}

function digestOf(guests: readonly ListedGuest[]): string {
  return hashOf(JSON.stringify(guests))
}

interface Token {
  /** To whom the list was given. */
  person: string
  issued: string
  expires: string
  digest: string
}

function signToken(event: Event, token: Token): string {
  const text = Buffer.from(JSON.stringify(token)).toString('base64url')
  return `${text}.${macOf(event, text)}`
}

/** With which list something was noted. Throws PlainError where the list is none of ours, or somebody else's. */
export function readToken(event: Event, text: string, person: string): { issuedAt: Date; expiresAt: Date } {
  const [body = '', mac = ''] = text.split('.')
  const [one, other] = [Buffer.from(mac), Buffer.from(macOf(event, body))]
  if (one.length !== other.length || !timingSafeEqual(one, other)) {
    throw new PlainError('check-in:refused.list')
  }
  const token = JSON.parse(Buffer.from(body, 'base64url').toString()) as Token
  if (token.person !== person) throw new PlainError('check-in:refused.list')
  return { issuedAt: new Date(token.issued), expiresAt: new Date(token.expires) }
}

function macOf({ row }: Event, text: string): string {
  return createHmac('sha256', row.secret).update(`check-in list 1 ${row.id} ${text}`).digest('base64url')
}
