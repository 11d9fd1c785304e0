import { enqueue } from '../../../delivery/outbox.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { addressOf } from '../../../people/address.ts'
import { readPerson } from '../../../people/people.ts'
import type { Trx } from '../../../store/store.ts'
import { addDays, weekdayOf } from '../../../timers/calendar/day.ts'
import { setTimer, setUnlessWaiting } from '../../../timers/set-timer.ts'
import type { TimerHandler } from '../../../timers/timers.ts'
import { lateCard } from './late-card.ts'
import { lateAbove } from './late-items.ts'

const lateTimer = 'planning.late'
const tellTimer = 'planning.tell-late'

/** Those above hear on Mondays of what is late. */
export async function beginLateWatch(trx: Trx, now: Date): Promise<void> {
  await setUnlessWaiting(trx, { id: lateTimer, kind: lateTimer, payload: {}, at: nextMonday(now), now })
}

export const lateTimers: Record<string, TimerHandler> = {
  [lateTimer]: async (trx, _payload, now) => {
    const day = dayInChina(now)
    for (const [person, [first]] of await lateAbove(trx, day, now)) {
      await setTimer(trx, {
        ...{ id: `${tellTimer}:${person}`, kind: tellTimer, payload: { person, day }, now },
        // A Monday on which they do not work is made up for on the next day on which they do.
        ...{ after: { workingHours: 0 }, organisation: first?.plan.organisation ?? null, person },
      })
    }
    await setTimer(trx, { id: lateTimer, kind: lateTimer, payload: {}, at: nextMonday(now), now })
  },

  [tellTimer]: async (trx, { person = '', day = '' }, now) => {
    const today = dayInChina(now)
    // As it is by now: what was done over a holiday is not told.
    const items = (await lateAbove(trx, today, now)).get(person) ?? []
    const to = await addressOf(trx, person)
    const reader = await readPerson(trx, person)
    if (items.length === 0 || !to || !reader) return
    const card = lateCard({ items, from: 0, today }, reader.language)
    await enqueue(trx, { id: `plan:late:${day}:${person}`, to, card, lane: 'reminder', now })
  },
}

/** The next Monday at nine in China. */
function nextMonday(now: Date): Date {
  const at = (day: string) => new Date(`${day}T09:00:00+08:00`)
  let day = dayInChina(now)
  while (weekdayOf(day) !== 1 || at(day) <= now) day = addDays(day, 1)
  return at(day)
}
