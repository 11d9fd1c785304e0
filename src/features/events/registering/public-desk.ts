import type { FieldView } from '../../../chat/form-view.ts'
import type { Language } from '../../../chat/language.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import type { Trx } from '../../../store/store.ts'
import type { EventsContext } from '../context.ts'
import { type EventWithSeats, withSeats } from '../lists/seat-figures.ts'
import { sharedDates } from '../lists/shared-dates.ts'
import { createOutcomes } from '../presses/outcomes.ts'
import { refusedByTime } from '../seats/eligible.ts'
import type { Outcome } from '../seats/outcome.ts'
import { outcomeText } from '../seats/outcome-text.ts'
import {
  actByReceipt,
  type FollowedAct,
  type FollowedRegistration,
  readFollowed,
} from './followed-registration.ts'
import { fieldViews, readPublicForm } from './public-form.ts'
import { acceptPublic, findByCode, type PublicEvent, publicEvent } from './public-registration.ts'

/** Milliseconds for which a page waits for what becomes of what was sent. */
const waitsFor = 3000

/** An event as its public page shows it. */
export interface ShownEvent extends PublicEvent {
  seats: EventWithSeats['seats']
  /** For how many dates one registration is; 1: it stands alone. */
  dates: number
  /** Why nobody can register now; empty: they can. */
  closed: string
  /** The empty form. */
  fields: FieldView[]
  now: Date
}

/** A number with the code that was given for it. */
export interface RegistrationCode {
  number: string
  code: string
  /** Whose wrong codes are counted: an address or account. */
  who: string
}

/** A registration after what was done about it. */
export interface FollowedAfter extends FollowedRegistration {
  /** What came of it; empty: nothing was done. */
  said: string
  /** Whether what was typed is to be shown again, to be put right. */
  isRefused: boolean
  now: Date
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
    | {
        shown: ShownEvent
        code: string
        number: string
        said: string
        isRefused: boolean
        /** Null: what becomes of it is not known yet, or nothing does. */
        followed: FollowedRegistration | null
      }
  >
  /** Null fields are wrong codes: told alike, whether there is such a number or not. */
  follow(
    code: RegistrationCode,
    language: Language,
    act?: FollowedAct,
  ): Promise<FollowedAfter | 'wrong' | 'too-many'>
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
    const dates = await sharedDates(store.db, found.event)
    return { ...found, dates, seats: figures.seats, closed, fields, now }
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
      const isDone = outcome?.type === 'done'
      const { registration } = accepted
      const followed = isDone
        ? await readFollowed(store.db, context, shown.registering, registration, shown.now)
        : null
      // The seats as they are with this registration.
      const after = isDone ? await show(number, language) : shown
      return { ...accepted, shown: after, said, isRefused, followed }
    },

    async follow(code, language, act) {
      const acted = await change(async (trx, now) => {
        const found = await findByCode(trx, { ...code, now })
        if (typeof found === 'string') return found
        const done = act ? await actByReceipt(trx, context, found, act, { language, now }) : null
        return { found, done }
      })
      if (typeof acted === 'string') return acted
      const { found, done } = acted
      const outcome = done?.key ? await outcomeOf(done.key) : null
      const now = await store.now()
      const followed = await readFollowed(store.db, context, found.event, found.registration.id, now)
      const deed = done?.pressed
      const told = deed && outcome ? outcomeText(outcome, { deed, language }, now) : ''
      return { ...followed, said: told || (done?.said ?? ''), isRefused: done?.isRefused ?? false, now }
    },
  }
}
