import type { Kysely } from 'kysely'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { askedTerms } from '../../../knowledge/search/text-terms.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import type { Action } from '../../../people/can.ts'
import { descendantsOf } from '../../../people/organisations.ts'
import type { Tables } from '../../../store/tables.ts'
import type { EventsContext } from '../context.ts'
import { type EventRow, toEvent } from '../records.ts'
import { type EventWithSeats, withSeats } from './seat-figures.ts'
import { type Asker, type EventCondition, managedBy, visibleTo } from './visible.ts'

/** What is listed of what the asker may see; a filter that is left out lets everything through. */
export interface EventFilters {
  /**
   * `upcoming`: published and not at its end yet, the next first; `past`: ended, the last first; `all`: whatever its time,
   * the last first. Default upcoming.
   */
  when?: 'upcoming' | 'past' | 'all'
  /** Default: of what is upcoming those published, of what is past no drafts, else every state. */
  states?: readonly EventRow['state'][]
  /** Names of kinds. */
  kinds?: readonly string[]
  /** Whose it is, or of one below it. */
  organisation?: string
  /** Begins from then on, and before. */
  from?: Date
  until?: Date
  /** Only those to which the asker may do this by office. */
  may?: Action
  /** Words, all of which it holds. */
  text?: string
}

export interface EventPage {
  /** `next` of the page before. Default: the first page. */
  after?: string
  /** How many at the most, 1 to 1,000. */
  size: number
}

export interface EventList {
  events: EventWithSeats[]
  /** Where the next page begins; null: there is none. */
  next: string | null
}

const usualStates = {
  upcoming: ['published'],
  past: ['published', 'cancelled', 'over'],
  all: null,
} as const satisfies Record<string, readonly EventRow['state'][] | null>

const mostOnPage = 1000
/** More events hold no words that are looked for; the newest of them count. */
const mostHits = 20_000

/**
 * One page of the events that somebody may see, found by a key: a late page takes as long as the first, and nothing is
 * listed twice. Throws PlainError where `after` is none.
 */
export async function listEvents(
  db: Kysely<Tables>,
  { store }: Pick<EventsContext, 'store'>,
  asker: Asker,
  filters: EventFilters,
  { after, size }: EventPage,
): Promise<EventList> {
  const now = await store.now(db)
  const terms = askedTerms(filters.text ?? '')
  if (terms.length === 0 && (filters.text ?? '').trim() !== '') return { events: [], next: null }
  const most = Math.min(Math.max(1, size), mostOnPage)
  const isUpcoming = (filters.when ?? 'upcoming') === 'upcoming'
  const order = isUpcoming ? 'asc' : 'desc'
  let query = db
    .selectFrom('event_entry')
    .selectAll()
    .where(await conditionOf(db, asker, filters, now))
    .orderBy('starts_at', order)
    .orderBy('id', order)
    .limit(most + 1)
  if (terms.length > 0) {
    const hits = store.fullText.rowsWith('event_words', terms, { limit: mostHits, before: null }).as('hit')
    query = query.where('id', 'in', (where) =>
      where.selectFrom('event_text').innerJoin(hits, 'hit.row', 'event_text.seq').select('event_text.event'),
    )
  }
  if (after !== undefined) {
    const [at, id] = keyOf(after)
    const beyond = isUpcoming ? '>' : '<'
    query = query
      .where('starts_at', isUpcoming ? '>=' : '<=', at)
      .where((where) => where.or([where('starts_at', beyond, at), where('id', beyond, id)]))
  }
  const rows = await query.execute()
  const shown = rows.slice(0, most)
  const last = shown.at(-1)
  return {
    events: await withSeats(db, shown.map(toEvent)),
    next: rows.length > most && last ? `${last.starts_at}~${last.id}` : null,
  }
}

/** What the filters let through of what the asker may see. */
async function conditionOf(
  db: Kysely<Tables>,
  asker: Asker,
  { when = 'upcoming', states, kinds, organisation, from, until, may }: EventFilters,
  now: Date,
): Promise<EventCondition> {
  const today = dayInChina(now)
  const visible = await visibleTo(db, asker, today)
  const managed = may === undefined ? null : await managedBy(db, asker, [may], today)
  const at = now.toISOString()
  const wanted = states ?? usualStates[when]
  const places =
    organisation === undefined
      ? null
      : [organisation, ...(await descendantsOf(db, organisation)).map(({ id }) => id)]
  return (where) =>
    where.and([
      ...(wanted === null ? [] : [where('event_entry.state', 'in', wanted)]),
      ...(when === 'upcoming' ? [where('event_entry.ends_at', '>', at)] : []),
      ...(when === 'past'
        ? [where('event_entry.starts_at', '<=', at), where('event_entry.ends_at', '<=', at)]
        : []),
      ...(from === undefined ? [] : [where('event_entry.starts_at', '>=', from.toISOString())]),
      ...(until === undefined ? [] : [where('event_entry.starts_at', '<', until.toISOString())]),
      ...(kinds === undefined ? [] : [where('event_entry.kind', 'in', kinds)]),
      ...(places === null ? [] : [where('event_entry.organisation', 'in', places)]),
      ...(managed === null ? [] : [managed(where)]),
      visible(where),
    ])
}

function keyOf(after: string): [string, string] {
  const key = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)~([\w-]{1,64})$/.exec(after)
  if (!key) throw new PlainError('events:no-page')
  return [key[1]!, key[2]!]
}
