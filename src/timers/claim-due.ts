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
}

/** Longer than a handler takes: a timer comes back only when its worker has died. Milliseconds. */
const leaseFor = 120_000

/**
 * Takes timers that are due, the longest due first, for a while. One whose time is to be counted again is not taken.
 */
export async function claimDue(
  trx: Trx,
  dialect: Store['dialect'],
  { now, owner, kinds, most }: ClaimOptions,
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
      lease_until: new Date(now.getTime() + leaseFor).toISOString(),
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
