import { DateTime } from 'luxon'
import type { Trx } from '../../../store/store.ts'
import { cancelTimer, setTimer } from '../../../timers/set-timer.ts'
import type { BookingRow, ResourceRow } from '../records.ts'

/** Kinds of timers; what runs then is in run-clocks.ts. */
export const clocks = {
  askAgain: 'resources.ask-again',
  passOn: 'resources.pass-on',
  expire: 'resources.expire',
  begin: 'resources.begin',
  remind: 'resources.remind',
  end: 'resources.end',
  erase: 'resources.erase',
} as const

/** Working hours until those who were asked are reminded, and until others are asked beside them. */
const waits = { askAgain: 8, passOn: 16 }
/** Working days after which what nobody answered is over. */
const expiresAfter = 3
/** On the day before, at this hour of the place, both sides are reminded. */
const remindingHour = 15
/** Days for which is kept who can be called, after the time that was booked. */
export const keptDays = 180

const idOf = (booking: string, what: keyof typeof clocks) => `${clocks[what]}:${booking}`

/** Sets the timers that the state of a booking wants, and takes back those of the state before. */
export async function startClocks(
  trx: Trx,
  booking: BookingRow,
  { organisation, time_zone }: ResourceRow,
  now: Date,
): Promise<void> {
  const { id, state } = booking
  const payload = { booking: id }
  const at = (what: keyof typeof clocks, when: Date) =>
    setTimer(trx, { id: idOf(id, what), kind: clocks[what], payload, now, at: when })
  const after = (what: keyof typeof clocks, time: { workingHours: number } | { workingDays: number }) =>
    setTimer(trx, {
      ...{ id: idOf(id, what), kind: clocks[what], payload, now, after: time },
      ...{ organisation, person: null },
    })
  for (const what of ['askAgain', 'passOn', 'expire', 'begin', 'remind', 'end'] as const)
    await cancelTimer(trx, idOf(id, what))
  const starts = new Date(booking.starts_at)
  const ends = new Date(booking.ends_at)
  if (state === 'requested') {
    await after('askAgain', { workingHours: waits.askAgain })
    await after('passOn', { workingHours: waits.passOn })
  }
  if (state === 'requested' || state === 'proposed') {
    await after('expire', { workingDays: expiresAfter })
    await at('begin', starts)
  }
  if (state === 'confirmed') {
    const eve = DateTime.fromJSDate(starts, { zone: time_zone }).minus({ days: 1 }).startOf('day')
    const reminding = eve.set({ hour: remindingHour }).toJSDate()
    if (reminding > now) await at('remind', reminding)
    await at('end', ends)
  }
  await at('erase', new Date(ends.getTime() + keptDays * 86_400_000))
}
