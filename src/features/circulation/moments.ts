import type { Reads } from '../../people/people.ts'
import { type Day, dayIn } from '../../timers/calendar/day.ts'
import { readWorkCalendar } from '../../timers/calendar/work-calendar.ts'
import { workingDayBefore } from '../../timers/calendar/working-days.ts'
import { defaultZone } from '../../timers/calendar/working-hours.ts'

/** The end of a day until which an answer is wanted: when offices close. */
export function endOf(day: Day): Date {
  return new Date(`${day}T18:00:00+08:00`)
}

/**
 * When the rest is reminded: at nine in the morning of the day that lies so many working days before the end, by the
 * organisation's calendar; 0: on the last day itself.
 */
export async function remindMoments(
  db: Reads,
  { organisation, until, days }: { organisation: string; until: Date | null; days: readonly number[] },
): Promise<Date[]> {
  if (until === null) return []
  const last = dayIn(defaultZone, until)
  const calendar = await readWorkCalendar(db, { organisation, person: null }, last)
  return days.map((n) => {
    const day = n === 0 ? last : workingDayBefore(calendar, last, n).day
    return new Date(`${day}T09:00:00+08:00`)
  })
}
