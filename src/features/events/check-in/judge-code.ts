import type { Reads } from '../../../people/people.ts'
import { type Event, type RegistrationRow, registersWith, toEvent } from '../records.ts'
import {
  isGenuine,
  readPersonalCode,
  shortCode,
  shortCodePattern,
  shortTag,
  typedCode,
} from './personal-code.ts'
import { readRegistration } from './registrations.ts'

/** What a code that was scanned or typed at an event comes to. */
export type Judged =
  | { type: 'registration'; registration: RegistrationRow }
  /** Of another event; its title where the code is genuine, else empty. */
  | { type: 'foreign'; title: string }
  | { type: 'altered' }
  | { type: 'expired' }
  /** Not the shape of a code of ours. */
  | { type: 'unreadable' }

/** Key of the sentence that tells what is wrong with a code. */
export const judgedKeys: Record<Exclude<Judged['type'], 'registration'>, string> = {
  foreign: 'check-in:code.foreign',
  altered: 'check-in:code.altered',
  expired: 'check-in:code.expired',
  unreadable: 'check-in:code.unreadable',
}

/**
 * Reads a personal code, long or short, as one of this event.
 * @param at when it was shown: a phone without network asks later.
 */
export async function judgeCode(db: Reads, event: Event, text: string, at: Date): Promise<Judged> {
  const read = readPersonalCode(text)
  if (!read) return judgeShort(db, event, typedCode(text))
  if (!isGenuine(read, event.row)) {
    const other = await eventOfCode(db, text)
    if (other && other.row.id !== event.row.id) return { type: 'foreign', title: other.row.title }
    return { type: 'altered' }
  }
  if (read.expiresAt < at) return { type: 'expired' }
  const registration = await readRegistration(db, event, read.registration)
  return registration ? { type: 'registration', registration } : { type: 'altered' }
}

/** The event that a genuine personal code is of; null: it is of none. */
export async function eventOfCode(db: Reads, text: string): Promise<Event | null> {
  const read = readPersonalCode(text)
  if (!read) return null
  const rows = await db
    .selectFrom('event_registration as registration')
    .innerJoin('event_entry as event', (join) =>
      join.on((on) =>
        on.or([
          on('event.id', '=', on.ref('registration.event')),
          on('event.registers_with', '=', on.ref('registration.event')),
        ]),
      ),
    )
    .selectAll('event')
    .where('registration.id', '=', read.registration)
    .execute()
  const row = rows.find((one) => isGenuine(read, one))
  return row ? toEvent(row) : null
}

async function judgeShort(db: Reads, event: Event, typed: string): Promise<Judged> {
  if (!shortCodePattern.test(typed)) return { type: 'unreadable' }
  if (!typed.startsWith(shortTag(event.row.id))) return { type: 'foreign', title: '' }
  const rows = await db
    .selectFrom('event_registration')
    .selectAll()
    .where('event', '=', registersWith(event))
    .execute()
  const registration = rows.find(({ id }) => shortCode(event.row, id) === typed)
  return registration ? { type: 'registration', registration } : { type: 'altered' }
}
