import type { Trx } from '../store/store.ts'

/** Progress is shown while calls are below this part of the month's quota; the rest is for what matters. */
const forProgress = 0.9

const monthOf = (now: Date) => now.toISOString().slice(0, 7)

/** Adds to the calls of the month, by platform. */
export async function addCalls(trx: Trx, calls: ReadonlyMap<string, number>, now: Date): Promise<void> {
  if (calls.size === 0) return
  await trx
    .insertInto('outbox_calls')
    .values([...calls].map(([platform, count]) => ({ platform, month: monthOf(now), calls: count })))
    .onConflict((conflict) =>
      conflict
        .columns(['platform', 'month'])
        .doUpdateSet(({ eb, ref }) => ({ calls: eb(ref('outbox_calls.calls'), '+', ref('excluded.calls')) })),
    )
    .execute()
}

/** The platforms whose calls of this month are nearly used up. */
export async function platformsNearQuota(
  trx: Trx,
  quotas: Readonly<Record<string, number>>,
  now: Date,
): Promise<Set<string>> {
  if (Object.keys(quotas).length === 0) return new Set()
  const rows = await trx
    .selectFrom('outbox_calls')
    .select(['platform', 'calls'])
    .where('month', '=', monthOf(now))
    .where('platform', 'in', Object.keys(quotas))
    .execute()
  const near = rows.filter(({ platform, calls }) => calls >= Math.floor(quotas[platform]! * forProgress))
  return new Set(near.map(({ platform }) => platform))
}
