import type { Account } from '../../../chat/incoming.ts'
import { accountKey } from '../../../chat/keys.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import type { Reads } from '../../../people/people.ts'
import { activeStates, type Event, type RegistrationRow, registersWith, toEvent } from '../records.ts'
import type { RegistrationState } from '../seats/seats.ts'

/** Whose registrations: a person's, wherever they speak from, or those of a guest's account. */
export interface Whose {
  person: string | null
  account: Account | null
}

export interface OwnRegistration {
  event: Event
  registration: RegistrationRow
}

export interface OwnFilters {
  /** `upcoming`: of events not at their end, the next first; `past`: the last first. Default upcoming. */
  when?: 'upcoming' | 'past'
  /** Default: in which somebody comes or may come yet. */
  states?: readonly RegistrationState[]
  /** Only those who have to say again that they come. */
  toConfirmAgain?: boolean
}

/**
 * One page of somebody's own registrations, one entry for each event: whoever registered for a series stands at each of
 * its events. Throws PlainError where `after` is none.
 */
export async function ownRegistrations(
  db: Reads,
  { person, account }: Whose,
  { when = 'upcoming', states = activeStates, toConfirmAgain = false }: OwnFilters,
  { after, size, now }: { after?: string; size: number; now: Date },
): Promise<{ own: OwnRegistration[]; next: string | null }> {
  if (person === null && account === null) return { own: [], next: null }
  const at = now.toISOString()
  const order = when === 'upcoming' ? 'asc' : 'desc'
  let query = db
    .selectFrom('event_registration as mine')
    .innerJoin('event_entry', (join) =>
      join.on(({ or, eb, ref }) =>
        or([
          eb('event_entry.id', '=', ref('mine.event')),
          eb('event_entry.registers_with', '=', ref('mine.event')),
        ]),
      ),
    )
    .select(['mine.id as registration', 'event_entry.id as event', 'event_entry.starts_at'])
    .where('mine.state', 'in', states)
    .where('event_entry.state', '!=', 'draft')
    .where('event_entry.ends_at', when === 'upcoming' ? '>' : '<=', at)
    .orderBy('event_entry.starts_at', order)
    .orderBy('event_entry.id', order)
    .limit(size + 1)
  query =
    person === null
      ? query.where('mine.account', '=', accountKey(account!))
      : query.where('mine.person', '=', person)
  if (toConfirmAgain) {
    query = query
      .where('mine.state', '=', 'confirmed')
      .where('event_entry.state', '=', 'published')
      .whereRef('mine.arrangement', '<', 'event_entry.arrangement')
  }
  if (after !== undefined) {
    const [, from = '', id = ''] =
      /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)~([\w-]{1,64})$/.exec(after) ?? []
    if (id === '') throw new PlainError('events:no-page')
    const beyond = when === 'upcoming' ? '>' : '<'
    query = query.where(({ eb, or, and }) =>
      or([
        eb('event_entry.starts_at', beyond, from),
        and([eb('event_entry.starts_at', '=', from), eb('event_entry.id', beyond, id)]),
      ]),
    )
  }
  const keys = await query.execute()
  const shown = keys.slice(0, size)
  const last = shown.at(-1)
  return {
    own: await readBoth(db, shown),
    next: keys.length > size && last ? `${last.starts_at}~${last.event}` : null,
  }
}

/** Somebody's registrations for some events, however they ended, by the event that takes them; with one statement. */
export async function ownAmong(
  db: Reads,
  { person, account }: Whose,
  events: readonly Pick<Event, 'row'>[],
): Promise<Map<string, RegistrationRow>> {
  const ids = [...new Set(events.map(registersWith))]
  if (ids.length === 0 || (person === null && account === null)) return new Map()
  const query = db.selectFrom('event_registration').selectAll().where('event', 'in', ids)
  const rows = await (person === null
    ? query.where('account', '=', accountKey(account!))
    : query.where('person', '=', person)
  ).execute()
  return new Map(rows.map((row) => [row.event, row]))
}

/** How many there are of them, over all pages. */
export async function countOwn(
  db: Reads,
  whose: Whose,
  filters: OwnFilters,
  now: Date,
): Promise<{ count: number; first: OwnRegistration[] }> {
  // A person comes to a few events at a time; beyond a hundred the number says no more.
  const { own } = await ownRegistrations(db, whose, filters, { size: 100, now })
  return { count: own.length, first: own.slice(0, 5) }
}

async function readBoth(
  db: Reads,
  keys: readonly { registration: string; event: string }[],
): Promise<OwnRegistration[]> {
  if (keys.length === 0) return []
  const ids = (of: 'registration' | 'event') => [...new Set(keys.map((key) => key[of]))]
  const events = await db.selectFrom('event_entry').selectAll().where('id', 'in', ids('event')).execute()
  const rows = await db
    .selectFrom('event_registration')
    .selectAll()
    .where('id', 'in', ids('registration'))
    .execute()
  const byId = new Map(events.map((row) => [row.id, toEvent(row)]))
  const registrations = new Map(rows.map((row) => [row.id, row]))
  return keys.flatMap((key) => {
    const event = byId.get(key.event)
    const registration = registrations.get(key.registration)
    return event && registration ? [{ event, registration }] : []
  })
}
