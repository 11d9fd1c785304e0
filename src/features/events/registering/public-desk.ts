import type { FieldView } from '../../../chat/form-view.ts'
import type { Language } from '../../../chat/language.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import type { Trx } from '../../../store/store.ts'
import { codeLink } from '../check-in/own-code.ts'
import type { EventsContext } from '../context.ts'
import { type EventWithSeats, withSeats } from '../lists/seat-figures.ts'
import { createOutcomes } from '../presses/outcomes.ts'
import { refusedByTime } from '../seats/eligible.ts'
import type { Outcome } from '../seats/outcome.ts'
import { outcomeText } from '../seats/outcome-text.ts'
import { openContact } from './contact.ts'
import { eraseOwn } from './erase.ts'
import { deedsOf, positionOf } from './followed.ts'
import { fieldViews, readPublicForm } from './public-form.ts'
import {
  acceptPublic,
  findByCode,
  type PublicDeed,
  type PublicEvent,
  pressPublic,
  publicEvent,
} from './public-registration.ts'
import type { Told } from './tell.ts'

/** Milliseconds for which a page waits for what becomes of what was sent. */
const waitsFor = 3000

/** An event as its public page shows it. */
export interface ShownEvent extends PublicEvent {
  seats: EventWithSeats['seats']
  /** Why nobody can register now; empty: they can. */
  closed: string
  /** The empty form. */
  fields: FieldView[]
  now: Date
}

/** A registration of the public, as whoever has its code may see it. */
export interface FollowedRegistration extends PublicEvent {
  /** As they wrote it; empty where it was erased. */
  name: string
  told: Told
  /** The page of their check-in code; empty: there is none now. */
  codeUrl: string
  may: (PublicDeed | 'erase')[]
  /** What came of what they did; empty: nothing was done. */
  done: string
  now: Date
}

/** A number with the code that was given for it. */
export interface RegistrationCode {
  number: string
  code: string
  /** Whose wrong codes are counted: an address or account. */
  who: string
}

/** What pages and commands for the public do about events. */
export interface PublicDesk {
  /** Throws PlainError where there is none for the public. */
  show(number: string, language: Language): Promise<ShownEvent>
  /** @param once as `acceptPublic` has it. */
  register(
    number: string,
    sent: Readonly<Record<string, string | string[]>>,
    by: { once: string; language: Language },
  ): Promise<
    | { shown: ShownEvent; fields: FieldView[] }
    | { shown: ShownEvent; code: string; number: string; said: string; isRefused: boolean; codeUrl: string }
  >
  /** Null fields are wrong codes: told alike, whether there is such a number or not. */
  follow(
    code: RegistrationCode,
    language: Language,
    deed?: PublicDeed | 'erase',
  ): Promise<FollowedRegistration | 'wrong' | 'too-many'>
}

export function createPublicDesk(context: EventsContext): PublicDesk {
  const { store } = context
  const outcomes = createOutcomes(store)

  async function change<T>(work: (trx: Trx, now: Date) => Promise<T>): Promise<T> {
    const result = await store.transaction(async (trx) => work(trx, await store.now(trx)))
    context.wakeWorkers()
    return result
  }

  const outcomeOf = (key: string): Promise<Outcome | null> =>
    outcomes.wait(key, AbortSignal.timeout(waitsFor))

  async function show(number: string, language: Language): Promise<ShownEvent> {
    const now = await store.now()
    const found = await publicEvent(store.db, number)
    const [figures] = await withSeats(store.db, [found.registering])
    if (!figures) throw new PlainError('registration:refused.no-such-event')
    const refused = refusedByTime(found.registering, now) ?? refusedByTime(found.event, now)
    const closed = refused
      ? outcomeText({ type: 'refused', ...refused }, { deed: 'register', language }, now)
      : ''
    const fields = fieldViews(found.registering, {}, new Map(), language)
    return { ...found, seats: figures.seats, closed, fields, now }
  }

  return {
    show,

    async register(number, sent, { once, language }) {
      const shown = await show(number, language)
      const read = await readPublicForm(shown.registering, sent, language, shown.now)
      if ('fields' in read) return { shown, fields: read.fields }
      const accepted = await change((trx, now) =>
        acceptPublic(trx, context, shown, read.registration, { once, language, now }),
      )
      const outcome = await outcomeOf(accepted.key)
      const isRefused = outcome?.type === 'refused'
      const said = outcome ? outcomeText(outcome, { deed: 'register', language }, shown.now) : ''
      const hasCode = outcome?.type === 'done' && outcome.state === 'confirmed'
      const codeUrl = hasCode ? codeLink(context, shown.event, accepted.registration) : ''
      return { shown, ...accepted, said, isRefused, codeUrl }
    },

    async follow(code, language, deed) {
      const pressed = await change(async (trx, now) => {
        const found = await findByCode(trx, { ...code, now })
        if (typeof found === 'string') return { refused: found }
        if (deed === 'erase') {
          await eraseOwn(trx, context, found.registration, now)
          return { found, key: null }
        }
        return {
          found,
          key: deed ? await pressPublic(trx, found.registration, deed, { language, now }) : null,
        }
      })
      if ('refused' in pressed) return pressed.refused
      const outcome = pressed.key === null ? null : await outcomeOf(pressed.key)
      const now = await store.now()
      const registration = await store.db
        .selectFrom('event_registration')
        .selectAll()
        .where('id', '=', pressed.found.registration.id)
        .executeTakeFirstOrThrow()
      const { event } = pressed.found
      const position = await positionOf(store.db, registration)
      const told: Told = { registration, from: registration.state, position, reply: null, by: null }
      const hasCode = registration.state === 'confirmed' && event.row.ends_at > now.toISOString()
      return {
        ...{ event, registering: event, told, now },
        name: (await openContact(store.db, context, registration))?.name ?? '',
        codeUrl: hasCode ? codeLink(context, event, registration.id) : '',
        may: deedsOf(registration, event),
        done: deed && deed !== 'erase' && outcome ? outcomeText(outcome, { deed, language }, now) : '',
      }
    },
  }
}
