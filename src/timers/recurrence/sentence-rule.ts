import { addDays, type Day } from '../calendar/day.ts'
import { floatingTimes } from './floating-times.ts'
import type { Rule, TimeOfDay } from './rule.ts'
import type { ReadingTime, RuleDraft } from './sentence-drafts.ts'
import type { SentenceLimits } from './sentence-limits.ts'

/**
 * Makes the rule of what was read.
 * @param draft null: only the time was said, which is the next one of the clock.
 * @param times One or more, in order; where a rule has one only, it is the first.
 */
export function finishRule(
  draft: RuleDraft | null,
  times: readonly TimeOfDay[],
  limits: SentenceLimits | null,
  { today, now }: ReadingTime,
): Rule {
  const time = times[0]!
  const isToCome = (day: Day) => `${day}T${time}` > now
  const from = limits?.from ?? today
  if (draft === null) {
    const day = isToCome(today) ? today : addDays(today, 1)
    return { type: 'once', at: `${day}T${time}` }
  }
  switch (draft.type) {
    case 'at':
      return { type: 'once', at: draft.at }
    case 'once': {
      const day = draft.again !== null && !isToCome(draft.day) ? draft.again : draft.day
      return { type: 'once', at: `${day}T${time}` }
    }
    case 'before':
      return { ...draft, time, from }
    case 'working-day':
      return {
        ...{ type: 'working-day', period: draft.period, nth: draft.nth, time },
        ...{ from: draft.from ?? from, until: draft.until ?? limits?.until ?? null },
      }
    case 'rrule': {
      const moves = draft.onDayOff === 'next-working-day' || draft.onDayOff === 'previous-working-day'
      // What comes several times a day is not moved from days off.
      const usual = moves && times.length > 1 ? 'skip' : draft.onDayOff
      const rrule = draft.rrule + timesOf(times) + endOf(limits)
      const start = firstDay(draft.rrule, `${from}T${time}`, limits?.from ? `${from}T00:00` : now)
      return { type: 'rrule', rrule, from: `${start}T${time}`, onDayOff: limits?.onDayOff ?? usual }
    }
  }
}

/** Several times of one day, which have to have the same minutes. */
function timesOf(times: readonly TimeOfDay[]): string {
  const minutes = times[0]!.slice(3)
  const same = times.filter((time) => time.slice(3) === minutes)
  return same.length > 1 ? `;BYHOUR=${same.map((time) => Number(time.slice(0, 2))).join(',')}` : ''
}

function endOf(limits: SentenceLimits | null): string {
  if (limits?.count) return `;COUNT=${limits.count}`
  return limits?.until ? `;UNTIL=${limits.until.replaceAll('-', '')}` : ''
}

/** 每两周周一 counts from the Monday that comes: the day on which a rule with an interval begins. */
function firstDay(rrule: string, from: string, after: string): Day {
  const plain = rrule.replace(/;INTERVAL=\d+/, '')
  if (plain === rrule || /FREQ=(?:MINUTE|SECOND)/.test(rrule)) return from.slice(0, 10)
  for (const first of floatingTimes(plain, from, after < from ? null : after)) return first.slice(0, 10)
  return from.slice(0, 10)
}
