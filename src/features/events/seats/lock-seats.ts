import { hasRowLocks } from '../../../store/row-locks.ts'
import type { Trx } from '../../../store/store.ts'

/** From now on nobody else changes the seats of this event until the transaction ends. Waits for whoever does. */
export async function lockSeats(trx: Trx, event: string): Promise<void> {
  if (!hasRowLocks(trx)) return
  await trx.selectFrom('event_seats').select('event').where('event', '=', event).forUpdate().execute()
}

/** As `lockSeats`, but where somebody else is at it nobody waits: false. */
export async function tryLockSeats(trx: Trx, event: string): Promise<boolean> {
  if (!hasRowLocks(trx)) return true
  const locked = await trx
    .selectFrom('event_seats')
    .select('event')
    .where('event', '=', event)
    .forUpdate()
    .skipLocked()
    .execute()
  return locked.length > 0
}
