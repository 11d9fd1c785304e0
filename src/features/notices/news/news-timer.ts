import { enqueue } from '../../../delivery/outbox.ts'
import { addressOf } from '../../../people/address.ts'
import type { Trx } from '../../../store/store.ts'
import { addDays, type Day, dayIn, lastDayOfMonth, weekdayOf } from '../../../timers/calendar/day.ts'
import { readWorkCalendar } from '../../../timers/calendar/work-calendar.ts'
import { nextWorkingDay } from '../../../timers/calendar/working-days.ts'
import { defaultZone } from '../../../timers/calendar/working-hours.ts'
import { setTimer, setUnlessWaiting } from '../../../timers/set-timer.ts'
import type { TimerHandler } from '../../../timers/timers.ts'
import { mayMake } from '../access.ts'
import type { NoticesContext } from '../context.ts'
import { compileCard } from './link-cards.ts'
import { keptLinks } from './links.ts'

const newsTimer = 'notices.news'

export type Rhythm = 'week' | 'month'

/** Nine in the morning of the first working day of the next week or month, by an organisation's calendar. */
export async function firstWorkingDay(
  trx: Trx,
  organisation: string,
  rhythm: Rhythm,
  now: Date,
): Promise<Date> {
  const today = dayIn(defaultZone, now)
  const calendar = await readWorkCalendar(trx, { organisation, person: null }, today)
  const last = rhythm === 'month' ? lastDayOfMonth(today) : sundayOf(today)
  return new Date(`${nextWorkingDay(calendar, last).day}T09:00:00+08:00`)
}

/** The last day of a week that begins on Monday. */
function sundayOf(day: Day): Day {
  const weekday = weekdayOf(day)
  return addDays(day, (7 - weekday) % 7)
}

/** Has a cadre asked, at the beginning of the next week, whether what is kept is put together. */
export async function askSoon(trx: Trx, person: string, organisation: string, now: Date): Promise<void> {
  const at = await firstWorkingDay(trx, organisation, 'week', now)
  const payload = { person, organisation, rhythm: 'week' }
  await setUnlessWaiting(trx, { id: `${newsTimer}:${organisation}`, kind: newsTimer, payload, at, now })
}

/** From now on they are asked each week or each month. */
export async function askEach(
  trx: Trx,
  { person, organisation, rhythm }: { person: string; organisation: string; rhythm: Rhythm },
  now: Date,
): Promise<Date> {
  const at = await firstWorkingDay(trx, organisation, rhythm, now)
  const payload = { person, organisation, rhythm }
  await setTimer(trx, { id: `${newsTimer}:${organisation}`, kind: newsTimer, payload, at, now })
  return at
}

export function newsTimers({ wakeWorkers }: NoticesContext): Record<string, TimerHandler> {
  return {
    async [newsTimer](trx, { person = '', organisation = '', rhythm: given = 'week' }, now) {
      const rhythm = given === 'month' ? 'month' : 'week'
      // Whoever makes its notices no more is not asked again; the next who keeps a link is.
      if (!(await mayMake(trx, person, { organisation }, now))) return
      const links = await keptLinks(trx, [organisation])
      await askEach(trx, { person, organisation, rhythm }, now)
      const to = links.length > 0 ? await addressOf(trx, person) : null
      if (!to) return
      const reader = await trx
        .selectFrom('person')
        .select('language')
        .where('id', '=', person)
        .executeTakeFirst()
      const card = compileCard(links.length, rhythm, reader?.language === 'en' ? 'en' : 'zh-CN')
      const id = `notice news ${organisation} ${dayIn(defaultZone, now)}`
      await enqueue(trx, { id, to, card, lane: 'reminder', now })
      wakeWorkers()
    },
  }
}
