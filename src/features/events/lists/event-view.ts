import { accountKey } from '../../../chat/keys.ts'
import type { Language } from '../../../chat/language.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { actorOf, placeOf } from '../../../people/actor.ts'
import { can } from '../../../people/can.ts'
import type { Reads } from '../../../people/people.ts'
import type { EventsContext } from '../context.ts'
import { type Event, type RegistrationRow, registersWith } from '../records.ts'
import { audienceText, kindTitle } from './event-texts.ts'
import { type EventWithSeats, withSeats } from './seat-figures.ts'
import { sharedDates } from './shared-dates.ts'
import type { Asker } from './visible.ts'

/** An event with all that its card shows to one reader. */
export interface EventView extends EventWithSeats {
  kind: string
  /** Who may come, in words. */
  audience: string
  /** Dates that one registration is for; 1: no others. */
  dates: number
  /** The reader's own registration; null: none yet, or the card is for many. */
  own: RegistrationRow | null
  /** Nobody of the house: their name has to be asked for. */
  isGuest: boolean
  /** What the reader may do by office. */
  may: { manage: boolean; view: boolean }
}

/** What of an event everybody of a group may read: nothing of a reader's own. */
export async function readGroupView(
  db: Reads,
  { kinds }: Pick<EventsContext, 'kinds'>,
  event: Event,
  language: Language,
): Promise<EventView> {
  const [found] = await withSeats(db, [event])
  const { organisations } = event.audience
  const named =
    organisations.length === 0
      ? []
      : await db.selectFrom('organisation').select(['id', 'name']).where('id', 'in', organisations).execute()
  const names = new Map(named.map(({ id, name }) => [id, name]))
  return {
    ...found!,
    kind: kindTitle(kinds, event.row.kind, language),
    audience: audienceText(event.audience, names, language),
    dates: await sharedDates(db, event),
    own: null,
    isGuest: false,
    may: { manage: false, view: false },
  }
}

/** The same with what is the reader's own, and what they may do. */
export async function readEventView(
  db: Reads,
  context: Pick<EventsContext, 'kinds'>,
  event: Event,
  { asker, language, now }: { asker: Exclude<Asker, 'house'>; language: Language; now: Date },
): Promise<EventView> {
  const view = await readGroupView(db, context, event, language)
  const own = await ownRegistration(db, event, asker)
  if (asker.person === null) return { ...view, own, isGuest: true }
  const actor = await actorOf(db, asker.person, dayInChina(now))
  const place = await placeOf(db, event.row.organisation)
  const may = { manage: can(actor, 'event.manage', place), view: can(actor, 'event.view', place) }
  return { ...view, own, may }
}

/** Somebody's registration for an event, however it ended; null: they have none. */
async function ownRegistration(
  db: Reads,
  event: Pick<Event, 'row'>,
  { person, account }: Exclude<Asker, 'house'>,
): Promise<RegistrationRow | null> {
  if (person === null && account === null) return null
  const query = db.selectFrom('event_registration').selectAll().where('event', '=', registersWith(event))
  const row = await (person === null
    ? query.where('account', '=', accountKey(account!))
    : query.where('person', '=', person)
  ).executeTakeFirst()
  return row ?? null
}
