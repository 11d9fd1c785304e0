import type { Language } from '../../../chat/language.ts'
import { translate } from '../../../messages/translate.ts'
import type { Reads } from '../../../people/people.ts'
import type { Trx } from '../../../store/store.ts'
import { rateByReceipt } from '../after/feedback.ts'
import { entriesOfRegistrations } from '../calendar-entries/calendar-file.ts'
import { calendarUrl } from '../calendar-entries/calendar-link.ts'
import type { EventsContext } from '../context.ts'
import { type Event, findEvent, type RegistrationRow, registersWith } from '../records.ts'
import { openContact } from './contact.ts'
import { eraseOwn } from './erase.ts'
import { deedsOf, type FollowedDeed, positionOf } from './followed.ts'
import { type FollowedDate, followedDates } from './followed-dates.ts'
import { type PublicDeed, pressPublic } from './public-registration.ts'

/** A registration of the public, as whoever has its code may see it. */
export interface FollowedRegistration {
  /** The event that took it. */
  event: Event
  registration: RegistrationRow
  /** As they wrote it; empty where it was erased. */
  name: string
  /** On the waiting list, from 1; null: not on it. */
  position: number | null
  /** What it is for: of a series that shares registrations each date. */
  dates: FollowedDate[]
  isOver: boolean
  /** The file for their calendar; empty: none was made. */
  calendarUrl: string
  may: FollowedDeed[]
}

/** What somebody does on the page of their receipt code. */
export type FollowedAct =
  | { type: PublicDeed | 'erase' }
  | { type: 'ask-to-leave'; reason: string }
  /** `number`: of the date that it is about. */
  | { type: 'rate'; number: string; rating: number; comment: string }

/** What came of it so far. */
export interface Acted {
  /** Of the press whose outcome is to be waited for; null: none. */
  key: string | null
  /** What was pressed, for the words of its outcome. */
  pressed?: PublicDeed | 'ask-to-leave'
  /** What is said about it; empty: nothing yet. */
  said: string
  /** Whether what was typed is to be shown again, to be put right. */
  isRefused: boolean
}

/** The longest reason that somebody gives for leaving, as in the form of the chat. */
const longestReason = 500

/** Does what somebody with the right code asked for. */
export async function actByReceipt(
  trx: Trx,
  context: EventsContext,
  { event, registration }: { event: Event; registration: RegistrationRow },
  act: FollowedAct,
  { language, now }: { language: Language; now: Date },
): Promise<Acted> {
  const say = (key: string, values = {}) => translate(language, key, values)
  const press = async (deed: Parameters<typeof pressPublic>[2]) => ({
    key: await pressPublic(trx, registration, deed, { language, now }),
    pressed: typeof deed === 'string' ? deed : deed.type,
    ...{ said: '', isRefused: false },
  })
  switch (act.type) {
    case 'erase':
      await eraseOwn(trx, context, registration, now)
      return { key: null, said: say('registration:web.erased'), isRefused: false }
    case 'rate': {
      const named = await findEvent(trx, act.number)
      const rated = named && registersWith(named) === event.row.id ? named : event
      const { isKept, key, values } = await rateByReceipt(trx, rated, registration, { ...act, now })
      return { key: null, said: say(key, values), isRefused: !isKept }
    }
    case 'ask-to-leave': {
      const refuse = (key: string, values = {}) => ({ key: null, said: say(key, values), isRefused: true })
      if (act.reason === '') return refuse('registration:web.reason-missing')
      if (Array.from(act.reason).length > longestReason)
        return refuse('registration:web.reason-long', { most: longestReason })
      return press({ type: act.type, reason: act.reason })
    }
    default:
      return press(act.type)
  }
}

/** A registration as its receipt page shows it. */
export async function readFollowed(
  db: Reads,
  context: EventsContext,
  event: Event,
  id: string,
  now: Date,
): Promise<FollowedRegistration> {
  const registration = await db
    .selectFrom('event_registration')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const dates = await followedDates(db, context, registration, now)
  const isOver = dates.every((date) => date.isOver)
  const entries = await entriesOfRegistrations(db, [registration])
  const isInCalendar = registration.state === 'confirmed' && !isOver && entries.has(id)
  return {
    ...{ event, registration, dates, isOver },
    name: (await openContact(db, context, registration))?.name ?? '',
    position: await positionOf(db, registration),
    calendarUrl: isInCalendar ? calendarUrl(context, event, registration) : '',
    may: deedsOf(registration, event, { isOver, now }),
  }
}
