import { DateTime, IANAZone } from 'luxon'
import type { Day } from '../../../timers/calendar/day.ts'
import type { TimeOfDay } from '../../../timers/calendar/parse-time-of-day.ts'

const spoken: Record<string, string> = {
  ...{ 北京时间: 'Asia/Shanghai', 北京: 'Asia/Shanghai', 中国: 'Asia/Shanghai', 上海: 'Asia/Shanghai' },
  ...{ 香港: 'Asia/Hong_Kong', 东京: 'Asia/Tokyo', 新加坡: 'Asia/Singapore', 伦敦: 'Europe/London' },
}

/** Zones that there are, by their names in small letters: to ask for one takes longer than the rest of a page of a form. */
const known = new Map<string, string>()

/** The IANA name of a zone as somebody typed it; null: there is none. An offset is no zone: it has no summer time. */
export function readZone(text: string): string | null {
  const typed = text.trim()
  const named = spoken[typed] ?? typed
  const before = known.get(named.toLowerCase())
  if (before !== undefined) return before
  if (!/^[A-Za-z][A-Za-z0-9_+/-]*$/.test(named) || !IANAZone.isValidZone(named)) return null
  // In the letters that calendars know it by.
  const zone = new Intl.DateTimeFormat('en', { timeZone: named }).resolvedOptions().timeZone
  known.set(named.toLowerCase(), zone)
  return zone
}

/** The instant of a day and a time by the clocks of a zone; null: they leap over it, in the night to summer time. */
export function instantIn(zone: string, day: Day, time: TimeOfDay): Date | null {
  const at = DateTime.fromISO(`${day}T${time}`, { zone })
  return at.isValid && at.toFormat('yyyy-MM-dd HH:mm') === `${day} ${time}` ? at.toJSDate() : null
}

/** Day and time of an instant by the clocks of a zone. */
export function localIn(zone: string, instant: Date): { day: Day; time: TimeOfDay } {
  const at = DateTime.fromJSDate(instant, { zone })
  return { day: at.toFormat('yyyy-MM-dd'), time: at.toFormat('HH:mm') }
}
