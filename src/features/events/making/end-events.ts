import type { TimerHandler } from '../../../timers/timers.ts'
import { afterEvent } from '../after/after-event.ts'
import { followEvent } from '../consequences.ts'
import type { EventsContext } from '../context.ts'
import { findEvent, toEvent } from '../records.ts'
import { keepEnd } from './keep-end.ts'

/** The end of an event: it is over, and what follows begins. */
export function endOfEvents(context: EventsContext): TimerHandler {
  return async (trx, { event: id = '' }, now) => {
    const event = await findEvent(trx, id)
    if (event?.row.state !== 'published') return
    // Its end was moved by whoever committed just now: the timer was moved with it.
    if (event.row.ends_at > now.toISOString()) return keepEnd(trx, event, now)
    const row = await trx
      .updateTable('event_entry')
      .set({ state: 'over', changed_at: now.toISOString() })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow()
    const over = toEvent(row)
    await followEvent(trx, context, over, now)
    await afterEvent(trx, context, over, now)
  }
}
