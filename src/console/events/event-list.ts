import { eventNumberIn } from '../../features/events/event-number.ts'
import type { EventRow } from '../../features/events/records.ts'
import { askedTerms } from '../../knowledge/search/text-terms.ts'
import type { Reads } from '../../people/people.ts'
import type { Store } from '../../store/store.ts'

/** How a list of events is narrowed; what is absent narrows nothing. */
export interface EventFilters {
  kind?: string
  state?: EventRow['state']
  organisation?: string
  /** Words that it holds, all of them, as the search in chat finds it; or its number. */
  text?: string
  /** Those that have not ended, the next first; or those that have, the last first. Default: all, the last first. */
  when?: 'upcoming' | 'past'
}

/** An event on a list, with how its seats stand: those of the event that takes its registrations. */
export interface ListedEvent {
  row: EventRow
  registering: Pick<EventRow, 'opens_at' | 'closes_at' | 'capacity' | 'has_waiting_list'>
  seats: { taken: number; waiting: number; requested: number }
  /** Title of its series; null: none. */
  series: string | null
}

/** More events hold no words that are looked for; the newest of them count. */
const mostHits = 20_000

/** What nobody sees a month without: more events than a page can show are counted, not listed. */
const mostInSpan = 500

/**
 * Events of some organisations, a page of them.
 * @param reach ids of organisations; null: of all.
 * @param after as `next` gave it; its events come after that one.
 */
export async function listManagedEvents(
  { db, fullText }: Pick<Store, 'db' | 'fullText'>,
  reach: readonly string[] | null,
  filters: EventFilters,
  page: { size: number; after?: string; now: Date },
): Promise<{ events: ListedEvent[]; next: string | null }> {
  if (reach?.length === 0) return { events: [], next: null }
  const { when, state, kind, organisation, text } = filters
  const now = page.now.toISOString()
  const order = when === 'upcoming' ? 'asc' : 'desc'
  let query = selectEvents(db)
  if (reach) query = query.where('event_entry.organisation', 'in', reach)
  if (kind) query = query.where('event_entry.kind', '=', kind)
  if (organisation) query = query.where('event_entry.organisation', '=', organisation)
  if (when) query = query.where('event_entry.ends_at', when === 'upcoming' ? '>' : '<=', now)
  if (state) query = query.where('event_entry.state', '=', state)
  if (text) {
    const number = eventNumberIn(text)
    const terms = askedTerms(text)
    if (number !== null) {
      query = query.where('event_entry.number', '=', number)
    } else if (terms.length > 0) {
      const hits = fullText.rowsWith('event_words', terms, { limit: mostHits, before: null }).as('hit')
      query = query.where('event_entry.id', 'in', (where) =>
        where
          .selectFrom('event_text')
          .innerJoin(hits, 'hit.row', 'event_text.seq')
          .select('event_text.event'),
      )
    } else {
      return { events: [], next: null }
    }
  }
  const [, at, id] = /^(\S{1,40}) ([\w-]{1,64})$/.exec(page.after ?? '') ?? []
  if (at !== undefined && id !== undefined) {
    const compare = order === 'asc' ? '>' : '<'
    query = query.where(({ eb, refTuple, tuple }) =>
      eb(refTuple('event_entry.starts_at', 'event_entry.id'), compare, tuple(at, id)),
    )
  }
  const rows = await query
    .orderBy('event_entry.starts_at', order)
    .orderBy('event_entry.id', order)
    .limit(page.size + 1)
    .execute()
  const last = rows.length > page.size ? rows[page.size - 1] : undefined
  return {
    events: rows.slice(0, page.size).map(toListed),
    next: last ? `${last.starts_at} ${last.id}` : null,
  }
}

/** Events that take place in a span of time, first to last, and whether there are more than are listed. */
export async function eventsBetween(
  db: Reads,
  reach: readonly string[] | null,
  span: { from: Date; until: Date },
): Promise<{ events: ListedEvent[]; isCut: boolean }> {
  if (reach?.length === 0) return { events: [], isCut: false }
  let query = selectEvents(db)
    .where('event_entry.starts_at', '<', span.until.toISOString())
    .where('event_entry.ends_at', '>', span.from.toISOString())
  if (reach) query = query.where('event_entry.organisation', 'in', reach)
  const rows = await query
    .orderBy('event_entry.starts_at')
    .orderBy('event_entry.id')
    .limit(mostInSpan + 1)
    .execute()
  return { events: rows.slice(0, mostInSpan).map(toListed), isCut: rows.length > mostInSpan }
}

function selectEvents(db: Reads) {
  return db
    .selectFrom('event_entry')
    .innerJoin('event_entry as lead', (join) =>
      join.on((on) => on('lead.id', '=', on.fn.coalesce('event_entry.registers_with', 'event_entry.id'))),
    )
    .innerJoin('event_seats', 'event_seats.event', 'lead.id')
    .leftJoin('event_series', 'event_series.id', 'event_entry.series')
    .selectAll('event_entry')
    .select([
      'lead.opens_at as lead_opens_at',
      'lead.closes_at as lead_closes_at',
      'lead.capacity as lead_capacity',
      'lead.has_waiting_list as lead_has_waiting_list',
      'event_seats.taken',
      'event_seats.waiting',
      'event_seats.requested',
      'event_series.title as series_title',
    ])
}

type Selected = Awaited<ReturnType<ReturnType<typeof selectEvents>['execute']>>[number]

function toListed(selected: Selected): ListedEvent {
  const { series_title: series, taken, waiting, requested, ...rest } = selected
  const { lead_opens_at, lead_closes_at, lead_capacity, lead_has_waiting_list, ...row } = rest
  return {
    row,
    registering: {
      ...{ opens_at: lead_opens_at, closes_at: lead_closes_at },
      ...{ capacity: lead_capacity, has_waiting_list: lead_has_waiting_list },
    },
    seats: { taken, waiting, requested },
    series,
  }
}

/** One event as lists have it; null where there is none. */
export async function findListedEvent(db: Reads, id: string): Promise<ListedEvent | null> {
  const row = await selectEvents(db).where('event_entry.id', '=', id).executeTakeFirst()
  return row ? toListed(row) : null
}

/** The events of a series, first to last. */
export async function eventsOfSeries(db: Reads, series: string): Promise<ListedEvent[]> {
  const rows = await selectEvents(db)
    .where('event_entry.series', '=', series)
    .orderBy('event_entry.starts_at')
    .limit(mostInSpan)
    .execute()
  return rows.map(toListed)
}
