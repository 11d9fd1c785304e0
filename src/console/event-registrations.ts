import { sql } from 'kysely'
import { activeStates, type RegistrationRow } from '../features/events/records.ts'
import type { Reads } from '../people/people.ts'

/** A registration with the names that belong to it, and whether they came to the event. */
export interface ListedRegistration {
  row: RegistrationRow
  /** Empty: somebody of the public, whose name lies sealed. */
  name: string
  /** The organisation it counts for; null: the public. */
  organisation: string | null
  /** Who registered them, where it was not they. */
  registeredBy: string | null
  /** When they checked in to the event that is looked at; null: they did not. */
  cameAt: string | null
  how: 'personal-code' | 'event-code' | 'button' | 'by-hand' | null
  rating: number | null
}

export const registrationStates = [
  ...activeStates,
  'cancelled',
  'expired',
  'declined',
] as const satisfies RegistrationRow['state'][]

/** How a list of registrations is narrowed; what is absent narrows nothing. */
export interface RegistrationFilters {
  states?: readonly RegistrationRow['state'][]
  organisation?: string
  /** A part of a name. */
  name?: string
  /** Who asked to be let go after the deadline. */
  wantsToLeave?: true
  /** Confirmed for a time or place that has changed since. */
  unconfirmed?: true
  came?: boolean
}

/**
 * Registrations in their order, a page of them.
 * @param of the event looked at, and the one that takes its registrations.
 * @param after the number of the last of the page before.
 */
export async function listRegistrationsOf(
  db: Reads,
  of: { event: string; registers: string; arrangement: number },
  filters: RegistrationFilters,
  page: { size: number; after?: number },
): Promise<{ registrations: ListedRegistration[]; next: number | null }> {
  let query = select(db, of)
  const { states, organisation, name, wantsToLeave, unconfirmed, came } = filters
  if (states) query = query.where('event_registration.state', 'in', states)
  if (organisation) query = query.where('event_registration.organisation', '=', organisation)
  if (wantsToLeave) query = query.where('asked_to_leave_at', 'is not', null)
  if (unconfirmed) query = query.where('event_registration.arrangement', '<', of.arrangement)
  if (came !== undefined) query = query.where('event_check_in.at', came ? 'is not' : 'is', null)
  if (name) {
    const like = `%${name.toLowerCase().replaceAll(/[\\%_]/g, '_')}%`
    query = query.where(sql<string>`lower(coalesce(person.name, event_registration.name))`, 'like', like)
  }
  if (page.after !== undefined) query = query.where('event_registration.seq', '>', page.after)
  const rows = await query
    .orderBy('event_registration.seq')
    .limit(page.size + 1)
    .execute()
  const shown = rows.slice(0, page.size)
  return {
    registrations: shown.map(toListed),
    next: rows.length > page.size ? (shown.at(-1)?.seq ?? null) : null,
  }
}

/** Who waits, in the order in which seats are offered, those with an offer first. */
export async function waitingListOf(
  db: Reads,
  of: { event: string; registers: string },
): Promise<ListedRegistration[]> {
  const rows = await select(db, of)
    .where('event_registration.state', 'in', ['offered', 'waiting'])
    .orderBy(sql`case event_registration.state when 'offered' then 0 else 1 end`)
    .orderBy('event_registration.priority', 'desc')
    .orderBy('event_registration.seq')
    .execute()
  return rows.map(toListed)
}

/** How many registrations there are in each state, and how many people with their guests. */
export async function countRegistrations(
  db: Reads,
  registers: string,
): Promise<Map<RegistrationRow['state'], { registrations: number; people: number }>> {
  const rows = await db
    .selectFrom('event_registration')
    .select(({ fn, lit }) => [
      'state',
      fn.countAll<number | string>().as('registrations'),
      fn.coalesce(fn.sum<number | string>('guests'), lit(0)).as('guests'),
    ])
    .where('event', '=', registers)
    .groupBy('state')
    .execute()
  return new Map(
    rows.map(({ state, registrations, guests }) => [
      state,
      { registrations: Number(registrations), people: Number(registrations) + Number(guests) },
    ]),
  )
}

function select(db: Reads, { event, registers }: { event: string; registers: string }) {
  return db
    .selectFrom('event_registration')
    .leftJoin('person', 'person.id', 'event_registration.person')
    .leftJoin('person as maker', 'maker.id', 'event_registration.registered_by')
    .leftJoin('organisation', 'organisation.id', 'event_registration.organisation')
    .leftJoin('event_check_in', (join) =>
      join
        .onRef('event_check_in.registration', '=', 'event_registration.id')
        .on('event_check_in.event', '=', event),
    )
    .leftJoin('event_feedback', (join) =>
      join
        .onRef('event_feedback.registration', '=', 'event_registration.id')
        .on('event_feedback.event', '=', event),
    )
    .selectAll('event_registration')
    .select([
      'person.name as person_name',
      'maker.name as maker_name',
      'organisation.name as organisation_name',
      'event_check_in.at as came_at',
      'event_check_in.how as came_how',
      'event_feedback.rating as rating',
    ])
    .where('event_registration.event', '=', registers)
}

type Selected = Awaited<ReturnType<ReturnType<typeof select>['execute']>>[number]

function toListed(selected: Selected): ListedRegistration {
  const { person_name, maker_name: registeredBy, organisation_name: organisation, ...rest } = selected
  const { came_at: cameAt, came_how: how, rating, ...row } = rest
  return { row, name: person_name ?? row.name, organisation, registeredBy, cameAt, how, rating }
}
