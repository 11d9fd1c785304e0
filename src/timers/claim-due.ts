import { sql } from 'kysely'
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

/** Written out, not bound: SQLite uses the index of what waits only where it reads that it is asked for just that. */
export const waiting = sql.lit('waiting' as const)
export const isStale = sql.lit(1 as const)

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
    .where('state', '=', waiting)
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

/** Takes what is due of each kind that is run together, as `claimDue`. Gives them by kind, none where none is due. */
export async function claimBatches(
  trx: Trx,
  dialect: Store['dialect'],
  options: ClaimOptions,
): Promise<Map<string, ClaimedTimer[]>> {
  const batches = new Map<string, ClaimedTimer[]>()
  for (const kind of options.kinds) {
    const claimed = await claimDue(trx, dialect, { ...options, kinds: [kind] })
    if (claimed.length > 0) batches.set(kind, claimed)
  }
  return batches
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
