import type { Store, Trx } from '../store/store.ts'

/** A timer in a worker's hands. */
export interface ClaimedTimer {
  id: string
  kind: string
  /** With the try that begins now. */
  attempts: number
}

interface ClaimOptions {
  now: Date
  /** The worker's name in the rows that it claims. */
  owner: string
  /** Kinds that this process can handle; others are left to others. */
  kinds: readonly string[]
  most: number
  /** How long a timer is the worker's, in milliseconds. */
  lease: number
}

/**
 * Takes timers that are due, the longest due first, for a while. One whose time is to be counted again is not taken.
 */
export async function claimDue(
  trx: Trx,
  dialect: Store['dialect'],
  { now, owner, kinds, most, lease }: ClaimOptions,
): Promise<ClaimedTimer[]> {
  if (kinds.length === 0) return []
  const at = now.toISOString()
  const due = await trx
    .selectFrom('timer')
    .select('id')
    .where('state', '=', 'waiting')
    .where('due_at', '<=', at)
    .where('stale', '=', 0)
    .where('kind', 'in', kinds)
    .where((where) => where.or([where('lease_until', 'is', null), where('lease_until', '<=', at)]))
    .orderBy('due_at')
    .limit(most)
    .$if(dialect === 'postgres', (query) => query.forUpdate().skipLocked())
    .execute()
  if (due.length === 0) return []
  // The condition once more: what was selected may have been moved meanwhile.
  const claimed = await trx
    .updateTable('timer')
    .set(({ eb }) => ({
      lease_owner: owner,
      lease_until: new Date(now.getTime() + lease).toISOString(),
      attempts: eb('attempts', '+', 1),
    }))
    .where(
      'id',
      'in',
      due.map(({ id }) => id),
    )
    .where('state', '=', 'waiting')
    .where('due_at', '<=', at)
    .where('stale', '=', 0)
    .where((where) => where.or([where('lease_until', 'is', null), where('lease_until', '<=', at)]))
    .returning(['id', 'kind', 'attempts'])
    .execute()
  // What an update returns has no order.
  const byId = new Map(claimed.map((timer) => [timer.id, timer]))
  return due.flatMap(({ id }) => byId.get(id) ?? [])
}

/**
 * Gives back what the process before this one held when it ended. Only where there is no other (SQLite). One that waits
 * after a failed try is nobody's and waits on.
 */
export async function releaseLeft(trx: Trx, kinds: readonly string[]): Promise<void> {
  if (kinds.length === 0) return
  await trx
    .updateTable('timer')
    .set({ lease_owner: null, lease_until: null })
    .where('state', '=', 'waiting')
    .where('lease_owner', 'is not', null)
    .where('kind', 'in', kinds)
    .execute()
}
