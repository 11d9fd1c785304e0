import type { Trx } from '../../../store/store.ts'
import { cancelTimer, setTimer } from '../../../timers/set-timer.ts'
import type { Event } from '../records.ts'
import { nextMoment, type Planned, planReminders } from './plan-reminders.ts'

const timerOf = (event: string) => `event reminders ${event}`

/**
 * Sets the reminders of a published event as it is now, and takes back those of one that is not published any more.
 * Called whenever it was published, changed, called off, or is over.
 */
export async function keepReminders(trx: Trx, { row, reminders }: Event, now: Date): Promise<void> {
  if (row.state !== 'published') return cancelTimer(trx, timerOf(row.id))
  const before = await readPlanned(trx, row.id)
  const pending = planReminders(before, { startsAt: row.starts_at, reminders }, now)
  await keepPlanned(trx, row.id, { startsAt: row.starts_at, pending }, now)
}

/** What is planned for an event; null: nothing was. */
export async function readPlanned(trx: Trx, event: string): Promise<Planned | null> {
  const row = await trx
    .selectFrom('event_reminding')
    .selectAll()
    .where('event', '=', event)
    .executeTakeFirst()
  return row ? { startsAt: row.starts_at, pending: JSON.parse(row.pending) as number[] } : null
}

/** Keeps a plan, with the one timer that an event has for the next of its reminders. */
export async function keepPlanned(trx: Trx, event: string, planned: Planned, now: Date): Promise<void> {
  const values = { starts_at: planned.startsAt, pending: JSON.stringify(planned.pending) }
  await trx
    .insertInto('event_reminding')
    .values({ event, ...values })
    .onConflict((conflict) => conflict.column('event').doUpdateSet(values))
    .execute()
  const at = nextMoment(planned)
  if (at === null) return cancelTimer(trx, timerOf(event))
  await setTimer(trx, { id: timerOf(event), kind: 'events.remind', payload: { event }, at, now })
}
