import type { Expression, ExpressionBuilder, SqlBool } from 'kysely'
import type { Account } from '../../../chat/incoming.ts'
import { accountKey } from '../../../chat/keys.ts'
import { actorOf } from '../../../people/actor.ts'
import type { Action } from '../../../people/can.ts'
import { listOrganisations } from '../../../people/organisations.ts'
import { findPersonByAccount, type Reads } from '../../../people/people.ts'
import { reachOf } from '../../../people/reach.ts'
import type { Tables } from '../../../store/tables.ts'
import { activeStates, type Event, toEvent } from '../records.ts'
import { keysOfActor } from './audience-keys.ts'

/** Who looks: somebody of the house, a guest (person null), or `house`: whoever runs the bot at its own machine. */
export type Asker = { person: string | null; account: Account | null } | 'house'

/** A condition on the rows of `event_entry`. */
export type EventCondition = (where: ExpressionBuilder<Tables, 'event_entry'>) => Expression<SqlBool>

/** Whoever speaks from an account. */
export async function askerOf(db: Reads, account: Account): Promise<Exclude<Asker, 'house'>> {
  return { person: (await findPersonByAccount(db, account))?.id ?? null, account }
}

/**
 * Which events somebody may see: those that are for them, once published; those that they made, manage or oversee, drafts
 * too; and those that they are registered for, whomever they are for.
 * @param today `YYYY-MM-DD` of China.
 */
export async function visibleTo(db: Reads, asker: Asker, today: string): Promise<EventCondition> {
  if (asker === 'house') return (where) => where.val(true)
  const { person, account } = asker
  const organisations = await listOrganisations(db)
  const actor = person === null ? { person, grants: [] } : await actorOf(db, person, today)
  const keys = keysOfActor(actor, organisations)
  const overseen = reachOf(organisations, actor, ['event.view'])
  if (overseen.all) return (where) => where.val(true)
  return (where) => {
    const registered = where
      .selectFrom('event_registration')
      .select('event_registration.id')
      .whereRef(
        'event_registration.event',
        '=',
        where.fn.coalesce('event_entry.registers_with', 'event_entry.id'),
      )
      .where('event_registration.state', 'in', activeStates)
    // Looked up for one event after another: a page ends long before all that somebody may see was gathered.
    const invited = where
      .selectFrom('event_audience')
      .select('event_audience.event')
      .whereRef('event_audience.event', '=', 'event_entry.id')
      .where('event_audience.key', 'in', keys)
    return where.or([
      where.and([where('event_entry.state', '!=', 'draft'), where.exists(invited)]),
      ...(overseen.organisations.length > 0
        ? [where('event_entry.organisation', 'in', overseen.organisations)]
        : []),
      ...(person === null
        ? []
        : [
            where('event_entry.created_by', '=', person),
            where.exists(registered.where('event_registration.person', '=', person)),
          ]),
      ...(account === null
        ? []
        : [where.exists(registered.where('event_registration.account', '=', accountKey(account)))]),
    ])
  }
}

/** Events to which somebody may do one of these things by their offices. */
export async function managedBy(
  db: Reads,
  asker: Asker,
  actions: readonly Action[],
  today: string,
): Promise<EventCondition> {
  if (asker === 'house') return (where) => where.val(true)
  const { person } = asker
  if (person === null) return (where) => where.val(false)
  const actor = await actorOf(db, person, today)
  const { organisations } = reachOf(await listOrganisations(db), actor, actions)
  if (organisations.length === 0) return (where) => where.val(false)
  return (where) => where('event_entry.organisation', 'in', organisations)
}

/** The event by id or number, for whoever may see it; null: there is none for them. */
export async function findVisible(
  db: Reads,
  asker: Asker,
  idOrNumber: string,
  today: string,
): Promise<Event | null> {
  const row = await db
    .selectFrom('event_entry')
    .selectAll()
    .where(({ eb, or }) => or([eb('id', '=', idOrNumber), eb('number', '=', idOrNumber.toUpperCase())]))
    .where(await visibleTo(db, asker, today))
    .executeTakeFirst()
  return row ? toEvent(row) : null
}
