import type { Trx } from '../../../store/store.ts'
import { cancelTimer, setTimer } from '../../../timers/set-timer.ts'
import type { Event } from '../records.ts'

const timerOf = (event: string) => `event end ${event}`

/** Has a published event end at its time; takes that back for one that is not published any more. */
export async function keepEnd(trx: Trx, { row }: Event, now: Date): Promise<void> {
  if (row.state !== 'published') return cancelTimer(trx, timerOf(row.id))
  const timer = { id: timerOf(row.id), kind: 'events.end', payload: { event: row.id }, now }
  await setTimer(trx, { ...timer, at: new Date(row.ends_at) })
}
