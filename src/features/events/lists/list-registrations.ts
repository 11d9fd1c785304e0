import { type Kysely, sql } from 'kysely'
import { PlainError } from '../../../messages/plain-error.ts'
import type { Reads } from '../../../people/people.ts'
import type { Tables } from '../../../store/tables.ts'
import { type Event, type RegistrationRow, registersWith } from '../records.ts'
import type { RegistrationState } from '../seats/seats.ts'

export interface RegistrationFilters {
  /** Default: all. */
  states?: readonly RegistrationState[]
  /** Whether they have checked in at this very event. Default: either. */
  checkedIn?: boolean
  /** Who was confirmed for an earlier time or place and has not said that they still come. Default: either. */
  toConfirmAgain?: boolean
  /** Who asked to be let go after the deadline. Default: either. */
  wantsToLeave?: boolean
  /** A part of a name, in any case; names of the public lie sealed and are not found. Default: any. */
  name?: string
  /** The waiting list's own order: priority, then place. Default: in the order in which they came. One page only. */
  byPriority?: boolean
}

export interface ListedRegistration {
  /** `name` is what a person is called today. */
  row: RegistrationRow
  /** Of the organisation it counts for; empty: the public. */
  organisation: string
  /** Name of whoever registered them, where it was not they; empty: they did. */
  registeredBy: string
  /** How and when they checked in; null: not. */
  checkIn: { how: Tables['event_check_in']['how']; at: string } | null
}

export interface RegistrationList {
  registrations: ListedRegistration[]
  /** Where the next page begins; null: there is none. */
  next: string | null
}

const mostOnPage = 1000

/**
 * One page of those registered for an event, in the order in which they came. Who may read it is for the caller to ask.
 * Throws PlainError where `after` is none.
 */
export async function listRegistrations(
  db: Reads,
  event: Pick<Event, 'row'>,
  { states, checkedIn, toConfirmAgain, wantsToLeave, name, byPriority = false }: RegistrationFilters,
  { after, size }: { after?: string; size: number },
): Promise<RegistrationList> {
  const most = Math.min(Math.max(1, size), mostOnPage)
  let query = db
    .selectFrom('event_registration')
    .leftJoin('organisation', 'organisation.id', 'event_registration.organisation')
    .leftJoin('person', 'person.id', 'event_registration.person')
    .leftJoin('person as maker', 'maker.id', 'event_registration.registered_by')
    .leftJoin('event_check_in', (join) =>
      join
        .onRef('event_check_in.registration', '=', 'event_registration.id')
        .on('event_check_in.event', '=', event.row.id),
    )
    .selectAll('event_registration')
    .select([
      'organisation.name as unit',
      'person.name as person_name',
      'maker.name as maker_name',
      'event_check_in.how as check_in_how',
      'event_check_in.at as check_in_at',
    ])
    .where('event_registration.event', '=', registersWith(event))
    .limit(most + 1)
  if (byPriority) query = query.orderBy('event_registration.priority', 'desc')
  query = query.orderBy('event_registration.seq').orderBy('event_registration.id')
  if (states) query = query.where('event_registration.state', 'in', states)
  if (checkedIn !== undefined) query = query.where('event_check_in.at', checkedIn ? 'is not' : 'is', null)
  if (toConfirmAgain) query = query.where('event_registration.arrangement', '<', event.row.arrangement)
  if (wantsToLeave) query = query.where('event_registration.asked_to_leave_at', 'is not', null)
  if (name) {
    const like = `%${name.toLowerCase().replaceAll(/[\\%_]/g, '_')}%`
    query = query.where(sql<string>`lower(coalesce(person.name, event_registration.name))`, 'like', like)
  }
  if (after !== undefined) {
    const [seq, id] = keyOf(after)
    query = query
      .where('event_registration.seq', '>=', seq)
      .where(({ eb, or }) =>
        or([eb('event_registration.seq', '>', seq), eb('event_registration.id', '>', id)]),
      )
  }
  const rows = await query.execute()
  const shown = rows.slice(0, most)
  const last = shown.at(-1)
  return {
    registrations: shown.map(toListed),
    next: rows.length > most && last && !byPriority ? `${last.seq}~${last.id}` : null,
  }
}

interface Selected extends RegistrationRow {
  unit: string | null
  person_name: string | null
  maker_name: string | null
  check_in_how: Tables['event_check_in']['how'] | null
  check_in_at: string | null
}

function toListed(selected: Selected): ListedRegistration {
  const { unit, person_name, maker_name, check_in_how: how, check_in_at: at, ...row } = selected
  return {
    row: { ...row, name: person_name ?? row.name },
    organisation: unit ?? '',
    registeredBy: maker_name ?? '',
    checkIn: how === null || at === null ? null : { how, at },
  }
}

function keyOf(after: string): [number, string] {
  const key = /^(\d{1,15})~([\w-]{1,64})$/.exec(after)
  if (!key) throw new PlainError('events:no-page')
  return [Number(key[1]), key[2]!]
}

/** How many registrations of an event there are, by state, with their guests; who checked in; who has to say again. */
export interface RegistrationFigures {
  byState: Partial<Record<RegistrationState, { registrations: number; guests: number }>>
  checkedIn: number
  toConfirmAgain: number
}

/** The numbers over an event's list. Who may read them is for the caller to ask. */
export async function registrationFigures(
  db: Pick<Kysely<Tables>, 'selectFrom'>,
  event: Pick<Event, 'row'>,
): Promise<RegistrationFigures> {
  const taking = registersWith(event)
  const states = await db
    .selectFrom('event_registration')
    .select(({ fn }) => [
      'state',
      fn.countAll<number | string>().as('count'),
      fn.sum<number | string>('guests').as('guests'),
    ])
    .where('event', '=', taking)
    .groupBy('state')
    .execute()
  const count = (found: { count: number | string } | undefined) => Number(found?.count ?? 0)
  const checkedIn = await db
    .selectFrom('event_check_in')
    .select(({ fn }) => fn.countAll<number | string>().as('count'))
    .where('event', '=', event.row.id)
    .executeTakeFirst()
  const again =
    event.row.arrangement === 0
      ? undefined
      : await db
          .selectFrom('event_registration')
          .select(({ fn }) => fn.countAll<number | string>().as('count'))
          .where('event', '=', taking)
          .where('state', '=', 'confirmed')
          .where('arrangement', '<', event.row.arrangement)
          .executeTakeFirst()
  const byState = states.map(({ state, count: registrations, guests }) => [
    state,
    { registrations: Number(registrations), guests: Number(guests) },
  ])
  return { byState: Object.fromEntries(byState), checkedIn: count(checkedIn), toConfirmAgain: count(again) }
}
