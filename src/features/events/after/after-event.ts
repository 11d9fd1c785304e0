import type { Trx } from '../../../store/store.ts'
import { setTimer } from '../../../timers/set-timer.ts'
import type { TimerHandler } from '../../../timers/timers.ts'
import type { EventsContext } from '../context.ts'
import { type Event, findEvent } from '../records.ts'
import { tellFigures } from './figures.ts'
import { creditHours } from './hours.ts'
import { markSent } from './send-materials.ts'
import { thank } from './thank.ts'
import { thereAfter } from './there.ts'

const kind = 'events.thank'

/** What follows from an event that has just ended: its state is `over` already. Called once, by the timer of its end. */
export async function afterEvent(trx: Trx, context: EventsContext, event: Event, now: Date): Promise<void> {
  await tellFigures(trx, context, event, now)
  // What was handed in before the end goes out with the thanks.
  await markSent(trx, event, now)
  await next(trx, event.row.id, '', now)
}

function next(trx: Trx, event: string, after: string, now: Date) {
  const payload = { event, after }
  return setTimer(trx, { id: `event thanks ${event} ${after}`, kind, payload, at: now, now })
}

/** Batch by batch: hours are credited, and whoever was there is thanked and asked how it was. */
export function thanking(context: EventsContext): Record<string, TimerHandler> {
  return {
    async [kind](trx, { event: id = '', after = '' }, now) {
      const event = await findEvent(trx, id)
      if (event?.row.state !== 'over') return
      const { registrations, last } = await thereAfter(trx, event, after)
      const people = registrations.flatMap(({ person }) => person ?? [])
      await creditHours(trx, event, people, now)
      await thank(trx, context, event, registrations, now)
      if (last !== null) await next(trx, id, last, now)
    },
  }
}
