import { sql } from 'kysely'
import type { Trx } from '../../../store/store.ts'

/** How long it is known what became of a press: longer than platforms repeat one. */
const keptFor = 30 * 24 * 3600_000

/** Written out, not bound: SQLite uses an index of what is settled only where it reads that it is asked for just that. */
const settled = sql.lit('settled' as const)

/** Clears away what was pressed and settled long ago; the history of the event says what came of it. */
export async function forgetPresses(trx: Trx, now: Date): Promise<void> {
  const before = new Date(now.getTime() - keptFor).toISOString()
  await trx.deleteFrom('event_press').where('state', '=', settled).where('settled_at', '<', before).execute()
}
