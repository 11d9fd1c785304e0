import { PlainError } from '../messages/plain-error.ts'
import { forgetRead } from '../store/remember.ts'
import type { Trx } from '../store/store.ts'
import { endMembership, heldRead, isInForce, type Membership, toMembership } from './memberships.ts'
import type { Reads } from './people.ts'

/** A membership by id; null where there is none. */
export async function readMembership(db: Reads, id: string): Promise<Membership | null> {
  const row = await db.selectFrom('membership').selectAll().where('id', '=', id).executeTakeFirst()
  return row ? toMembership(row) : null
}

/**
 * Ends a role with a last day, or at once: its last day is then yesterday, and one that began no earlier than today
 * is taken back. Throws PlainError where it is over, would last longer than before, or nobody would be left to
 * administer the house.
 */
export async function endRole(
  trx: Trx,
  membership: Membership,
  { lastDay, today }: { lastDay: string | 'at once'; today: string },
): Promise<void> {
  const { until } = membership
  if (until !== null && until < today) throw new PlainError('people:membership.over', { until })
  if (until !== null && lastDay !== 'at once' && lastDay > until) {
    throw new PlainError('people:membership.longer', { until })
  }
  if (membership.role === 'admin') await checkOthersAdminister(trx, membership, today)
  if (lastDay !== 'at once') return endMembership(trx, membership.id, lastDay)
  const yesterday = dayBefore(today)
  if (membership.from !== null && membership.from > yesterday) {
    await trx.deleteFrom('membership').where('id', '=', membership.id).execute()
    forgetRead(trx, heldRead(''))
  } else {
    await endMembership(trx, membership.id, yesterday)
  }
}

/** A house without an administrator in a root can be repaired on the machine only. */
async function checkOthersAdminister(
  trx: Trx,
  { id, organisation }: Membership,
  today: string,
): Promise<void> {
  const rows = await trx
    .selectFrom('membership')
    .innerJoin('organisation', 'organisation.id', 'membership.organisation')
    .selectAll('membership')
    .where('organisation.parent', 'is', null)
    .where('membership.role', '=', 'admin')
    .execute()
  const root = rows.some((row) => row.id === id && row.organisation === organisation)
  const others = rows.map(toMembership).filter((one) => one.id !== id)
  if (root && !others.some((one) => isLastingAdmin(one, today))) throw new PlainError('console:last-admin')
}

/** Whether it is an administrator's, today and until further notice. */
export function isLastingAdmin(membership: Membership, today: string): boolean {
  return membership.role === 'admin' && membership.until === null && isInForce(membership, today)
}

function dayBefore(day: string): string {
  const instant = new Date(`${day}T00:00:00Z`)
  instant.setUTCDate(instant.getUTCDate() - 1)
  return instant.toISOString().slice(0, 10)
}
