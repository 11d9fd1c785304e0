import { RRuleTemporal } from 'rrule-temporal'
import { Temporal } from 'temporal-polyfill'
import type { LocalTime } from './rule.ts'

/** Days are counted as far as this year (calendar/day.ts); what lies beyond is never. */
const lastYear = 2199

/** In how many of its periods a rule is looked for before it counts as one that never fires: 27 years of days. */
const periodsSearched = 10_000

/**
 * The times of an RRULE after a local time, by the clock on the wall: evaluated as if in UTC, where no clock is ever put
 * forward or back. Ends where the rule does, in 2199, or where it never fires again.
 * @param rrule the value of RFC 5545 without DTSTART; an UNTIL is by the clock on the wall too, a day includes all of it.
 * @param from DTSTART; no time by itself where the rule does not name it.
 * @param after null: from the first on.
 * What is handed to `next` is where it goes on from: nothing until then is looked for.
 * @throws RangeError (and other errors of the library) where it is no rule: `checkRule` refuses those before.
 */
export function* floatingTimes(
  rrule: string,
  from: LocalTime,
  after: LocalTime | null,
): Generator<LocalTime, void, LocalTime | undefined> {
  const rule = new RRuleTemporal({
    rruleString: `RRULE:${withWholeUntil(rrule)}`,
    dtstart: Temporal.ZonedDateTime.from(`${from}:00+00:00[UTC]`),
    tzid: 'UTC',
    maxIterations: periodsSearched,
  })
  let last = after === null || after < from ? null : after
  while (true) {
    const next = nextOf(rule, last ?? from, last === null)
    if (next === null) return
    last = (yield next) ?? next
  }
}

function nextOf(rule: RRuleTemporal, after: LocalTime, included: boolean): LocalTime | null {
  try {
    // A moment is a minute here: what lies within it is over with it.
    const next = rule.next(new Date(`${after}:${included ? '00' : '59'}Z`), included)
    // As a number: from the year 10000 on its text begins with a sign, which sorts before every figure.
    if (!next || next.year > lastYear) return null
    return next.toPlainDateTime().toString({ smallestUnit: 'minute' })
  } catch (error) {
    if (error instanceof Error && /^Maximum .*exceeded/.test(error.message)) return null
    // It looked so far ahead that there are no days any more.
    if (error instanceof RangeError) return null
    throw error
  }
}

/** RFC 5545 wants an UNTIL in UTC, which is where the rule is evaluated. */
function withWholeUntil(rrule: string): string {
  return rrule.replace(
    /UNTIL=(\d{8})(?:T(\d{6})Z?)?/i,
    (_, day: string, time = '235959') => `UNTIL=${day}T${time}Z`,
  )
}
