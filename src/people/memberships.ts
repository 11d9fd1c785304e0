import { randomUUID } from 'node:crypto'
import { PlainError } from '../messages/plain-error.ts'
import { forgetRead, remember } from '../store/remember.ts'
import type { Trx } from '../store/store.ts'
import type { Reads } from './people.ts'
import type { Role } from './roles.ts'
import { endAccess } from './sessions.ts'

/** A role held in an organisation and below it. */
export interface Membership {
  id: string
  person: string
  organisation: string
  role: Role
  /** Whom they report to there; a person's id. */
  superior: string | null
  /** First day, `YYYY-MM-DD` in China; null: since ever. */
  from: string | null
  /** Last day, itself included; null: until further notice. */
  until: string | null
}

/**
 * Gives a person a role in an organisation, and ends their sign-ins (`endAccess`) unless they are `by`, who gives it.
 * The same again gives back what there is. Throws PlainError where the days are the wrong way round, or some of them
 * are covered already.
 */
export async function addMembership(
  trx: Trx,
  given: Pick<Membership, 'person' | 'organisation' | 'role'> & Partial<Membership>,
  { by }: { by?: string } = {},
): Promise<Membership> {
  const membership = { superior: null, from: null, until: null, ...given, id: randomUUID() }
  checkDays(membership)
  const held = (await membershipsOf(trx, given.person)).find(
    (one) => one.organisation === given.organisation && one.role === given.role && overlap(one, membership),
  )
  if (held) {
    // A form that was sent twice.
    if (held.from === membership.from && held.until === membership.until) return held
    throw new PlainError('people:membership.held')
  }
  const { from, until, ...columns } = membership
  await trx
    .insertInto('membership')
    .values({ ...columns, from_day: from, until_day: until })
    .execute()
  forgetRead(trx, heldRead(''))
  if (given.person !== by) await endAccess(trx, [given.person])
  return membership
}

type Days = Pick<Membership, 'from' | 'until'>

/** Whether there is a day that both include. */
function overlap(one: Days, other: Days): boolean {
  const begins = (a: Days, b: Days) => a.from === null || b.until === null || a.from <= b.until
  return begins(one, other) && begins(other, one)
}

/** Throws PlainError where the last day comes before the first. */
export function checkDays({ from, until }: Pick<Membership, 'from' | 'until'>): void {
  if (from !== null && until !== null && from > until) {
    throw new PlainError('people:membership.days', { from, until })
  }
}

/** Ends a membership with `lastDay`, the last on which it holds. Throws PlainError where it begins later. */
export async function endMembership(trx: Trx, id: string, lastDay: string): Promise<void> {
  const row = await trx.selectFrom('membership').select('from_day').where('id', '=', id).executeTakeFirst()
  if (!row) throw new PlainError('people:membership.unknown')
  checkDays({ from: row.from_day, until: lastDay })
  await trx.updateTable('membership').set({ until_day: lastDay }).where('id', '=', id).execute()
  forgetRead(trx, heldRead(''))
}

/** Whether it holds on a day: the first and the last day are both included. */
export function isInForce({ from, until }: Pick<Membership, 'from' | 'until'>, day: string): boolean {
  return (from === null || from <= day) && (until === null || day <= until)
}

/** The memberships of a person that hold on a day (`YYYY-MM-DD`, of China: `dayInChina`). */
export async function membershipsInForce(db: Reads, person: string, day: string): Promise<Membership[]> {
  return (await membershipsOf(db, person)).filter((membership) => isInForce(membership, day))
}

/** All memberships of a person: past, present and to come. */
export async function membershipsOf(db: Reads, person: string): Promise<Membership[]> {
  const rows = await remember(db, heldRead(person), () =>
    db.selectFrom('membership').selectAll().where('person', '=', person).orderBy('id').execute(),
  )
  return rows.map(toMembership)
}

/** Under which name it is remembered which roles a person has. */
export const heldRead = (person: string) => `membership ${person}`

/** A membership of its row. */
export function toMembership(row: {
  id: string
  person: string
  organisation: string
  role: Role
  superior: string | null
  from_day: string | null
  until_day: string | null
}): Membership {
  const { from_day: from, until_day: until, ...same } = row
  return { ...same, from, until }
}
