import type { Trx } from '../store/store.ts'

/** For whoever looks into what happened. */
const keptFor = 8 * 24 * 3600_000

/** Deletes events that were handled long ago; those that were given up stay. */
export async function forgetEvents(trx: Trx, now: Date): Promise<void> {
  await trx
    .deleteFrom('event')
    .where('published_at', '<', new Date(now.getTime() - keptFor).toISOString())
    .where('state', '=', 'done')
    .execute()
}
