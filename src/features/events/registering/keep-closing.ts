import type { Trx } from '../../../store/store.ts'
import { cancelTimer, setTimer } from '../../../timers/set-timer.ts'
import { type Event, registersWith } from '../records.ts'

const timerOf = (event: string) => `event seats close ${event}`

/** Has whoever still waits when an event begins told so, and offers end there; it is no event that another registers for. */
export async function keepClosing(trx: Trx, event: Event, now: Date): Promise<void> {
  const { row } = event
  if (row.state !== 'published' || registersWith(event) !== row.id) return cancelTimer(trx, timerOf(row.id))
  const timer = { id: timerOf(row.id), kind: 'events.close-seats', payload: { event: row.id }, now }
  await setTimer(trx, { ...timer, at: new Date(row.starts_at) })
}
