import { type Finding, unwell, well } from '../chat/finding.ts'

/** Vendors refuse, and are refused, by the time in a request: from five minutes on nothing works. Seconds. */
const mostOff = 60

/**
 * Our clock against another one's, of the same moment.
 * @param whose Whom the other clock belongs to: a platform by its name in code, or a name for people.
 */
export function checkClock(check: string, whose: string, ours: Date, theirs: Date): Finding {
  const off = Math.round((ours.getTime() - theirs.getTime()) / 1000)
  if (Math.abs(off) <= mostOff) return well(check, 'doctor:clock.well', { whose })
  const seconds = Math.abs(off)
  const key = off > 0 ? 'doctor:clock.ahead' : 'doctor:clock.behind'
  return unwell(check, 'wrong', { key, values: { whose, seconds } }, { key: 'doctor:clock.advice' })
}

/** The clock of whoever sent an HTTP answer; nothing where the header tells none. */
export function checkDateHeader(
  check: string,
  whose: string,
  ours: Date,
  date: string | null | undefined,
): Finding[] {
  const theirs = new Date(date ?? '')
  return Number.isNaN(theirs.getTime()) ? [] : [checkClock(check, whose, ours, theirs)]
}
