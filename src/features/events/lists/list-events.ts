import { type Kysely, type SqlBool, sql } from 'kysely'
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
/** So many events are named one by one in a query. */
const mostNamed = 300
/** Of words that more events hold, those made last count. */
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
  const few = terms.length === 0 ? null : await fewFound(db, store, terms)
  if (few?.length === 0) return { events: [], next: null }
  let query = (terms.length > 0 && few === null ? withFound(db, store, terms) : db)
    .selectFrom('event_entry')
    .selectAll()
    .where(await conditionOf(db, asker, filters, now))
    .orderBy('starts_at', order)
    .orderBy('id', order)
    .limit(most + 1)
  if (few !== null) query = query.where('id', 'in', few)
  // So said, PostgreSQL looks each row up among them, instead of going through all of them for each row.
  else if (terms.length > 0) query = query.where(sql<SqlBool>`(id in (select event from found)) is true`)
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

/** The events that hold all of the terms where these are few; null: they are many. */
async function fewFound(
  db: Kysely<Tables>,
  { fullText }: EventsContext['store'],
  terms: readonly string[],
): Promise<string[] | null> {
  const hits = fullText.rowsWith('event_words', terms, { limit: mostNamed + 1, before: null }).as('hit')
  const rows = await db
    .selectFrom('event_text')
    .innerJoin(hits, 'hit.row', 'event_text.seq')
    .select('event_text.event')
    .execute()
  return rows.length > mostNamed ? null : rows.map(({ event }) => event)
}

/** The events that hold all of the terms, as `found`: gathered once, and the list is then read along its own order. */
function withFound(db: Kysely<Tables>, { fullText }: EventsContext['store'], terms: readonly string[]) {
  const hits = fullText.rowsWith('event_words', terms, { limit: mostHits, before: null }).as('hit')
  return db.with(
    (found) => found('found').materialized(),
    (query) =>
      query.selectFrom('event_text').innerJoin(hits, 'hit.row', 'event_text.seq').select('event_text.event'),
  )
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
