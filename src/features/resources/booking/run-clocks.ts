import { eraseMatters } from '../../../seal/matters.ts'
import type { Trx } from '../../../store/store.ts'
import type { TimerHandler } from '../../../timers/timers.ts'
import type { ResourcesContext } from '../context.ts'
import type { BookingRow } from '../records.ts'
import { askAgain, askedOf, askOthers, tellBooker, tellKeeper } from './asked.ts'
import { clocks } from './clocks.ts'
import { keepHistory } from './history.ts'
import { moved } from './life.ts'
import { settle } from './settle.ts'

/** What happens when a timer of a booking is due; one that came too late for its state does nothing. */
export function createClocks(context: ResourcesContext): Record<string, TimerHandler> {
  const when =
    (work: (trx: Trx, booking: BookingRow, now: Date) => Promise<void>): TimerHandler =>
    async (trx, { booking: id = '' }, now) => {
      const booking = await trx
        .selectFrom('resource_booking')
        .selectAll()
        .where('id', '=', id)
        .executeTakeFirst()
      if (booking) await work(trx, booking, now)
    }
  const expire = when(async (trx, booking, now) => {
    if (moved(booking.state, 'expire') === null) return
    await settle(trx, context, { booking: booking.id, move: 'expire', doer: 'clock', now })
  })

  return {
    [clocks.askAgain]: when(async (trx, booking, now) => {
      if (booking.state === 'requested') await askAgain(trx, context, booking, now)
    }),
    [clocks.passOn]: when(async (trx, booking, now) => {
      if (booking.state !== 'requested' || !(await askOthers(trx, context, booking, now))) return
      await keepHistory(trx, booking, 'asked-again', { by: null, words: '', now })
    }),
    [clocks.expire]: expire,
    // Nobody answers any more what has begun.
    [clocks.begin]: expire,
    [clocks.remind]: when(async (trx, booking, now) => {
      if (booking.state !== 'confirmed') return
      const telling = { lead: 'resources:tell.tomorrow', why: `eve:${booking.day}`, now } as const
      await tellBooker(trx, context, booking, { ...telling, lane: 'reminder' })
      for (const person of await keepersOf(trx, booking)) {
        if (person !== booking.person)
          await tellKeeper(trx, context, booking, person, { ...telling, lane: 'reminder' })
      }
    }),
    [clocks.end]: when(async (trx, booking, now) => {
      if (booking.state !== 'confirmed') return
      const over = await settle(trx, context, { booking: booking.id, move: 'end', doer: 'clock', now })
      await tellBooker(trx, context, over, {
        lead: 'resources:tell.over',
        why: 'over',
        lane: 'reminder',
        now,
      })
    }),
    [clocks.erase]: when((trx, booking) => eraseMatters(trx, context.sealer, [booking.id])),
  }
}

/** Whoever agreed to it, and those who were asked. */
async function keepersOf(trx: Trx, booking: BookingRow): Promise<string[]> {
  const asked = await askedOf(trx, booking.id)
  return booking.settled_by === null ? asked : [booking.settled_by]
}
