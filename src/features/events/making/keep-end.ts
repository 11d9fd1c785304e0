import type { Trx } from '../../../store/store.ts'
import { cancelTimer, setTimer } from '../../../timers/set-timer.ts'
import type { TimerHandler } from '../../../timers/timers.ts'
import { afterEvent } from '../after/after-event.ts'
import { followEvent } from '../consequences.ts'
import type { EventsContext } from '../context.ts'
import { type Event, findEvent, toEvent } from '../records.ts'

const timerOf = (event: string) => `event end ${event}`

/** Has a published event end at its time; takes that back for one that is not published any more. */
export async function keepEnd(trx: Trx, { row }: Event, now: Date): Promise<void> {
  if (row.state !== 'published') return cancelTimer(trx, timerOf(row.id))
  const timer = { id: timerOf(row.id), kind: 'events.end', payload: { event: row.id }, now }
  await setTimer(trx, { ...timer, at: new Date(row.ends_at) })
}

/** The end of an event: it is over, and what follows begins. */
export function endOfEvents(context: EventsContext): TimerHandler {
  return async (trx, { event: id = '' }, now) => {
    const event = await findEvent(trx, id)
    if (event?.row.state !== 'published') return
    // Its end was moved by whoever committed just now: the timer was moved with it.
    if (event.row.ends_at > now.toISOString()) return keepEnd(trx, event, now)
    const over = await trx
      .updateTable('event_entry')
      .set({ state: 'over', changed_at: now.toISOString() })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow()
    await followEvent(trx, context, toEvent(over), now)
    await afterEvent(trx, context, toEvent(over), now)
  }
}
