import type { Period } from './rule.ts'
import { certain, guess, rruleOf, type SentencePattern, weekdayCodes, weeklyOf } from './sentence-drafts.ts'

const periodsSaid: Record<string, Period> = {
  ...{ week: 'week', month: 'month', quarter: 'quarter', 'half-year': 'half-year', 'half year': 'half-year' },
  ...{ year: 'year', weekly: 'week', monthly: 'month', quarterly: 'quarter', 'half-yearly': 'half-year' },
  ...{ yearly: 'year', annually: 'year' },
}
const places: Record<string, number> = {
  ...{ first: 1, second: 2, third: 3, fourth: 4, fifth: 5, last: -1, penultimate: -2, 'second to last': -2 },
  ...{ 'second last': -2, 'second-to-last': -2, 'third to last': -3 },
}
const place =
  '(first|second(?:[- ]to[- ]last| last)?|third(?: to last)?|fourth|fifth|last|penultimate|\\d{1,2}(?:st|nd|rd|th))'
const period = '(week|month|quarter|half[- ]year|year)'
const work = '(?:working|business|work)[ -]?day'
const weekday = '(?:mon|tue(?:s)?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?s?'
const weekdays = `(${weekday}(?:(?:, ?and |, ?| and | ?& ?)${weekday})*)`
const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')
const month = `(${months.join('|')})[a-z]*\\.?`
const dayNumber = '(\\d{1,2})(?:st|nd|rd|th)?'

/** “every …”: the more exact first. */
export const englishRhythms: readonly SentencePattern[] = [
  [
    new RegExp(`\\b(?:on )?(?:the |every |each )?${place} ${work} (?:of|in) (?:every|each|the) ${period}\\b`),
    ([, nth, of]) => workingDay(of, placeOf(nth)),
  ],
  [
    new RegExp(`\\b(?:every|each) ${place} ${work} of (?:the|every|each) ${period}\\b`),
    ([, nth, of]) => workingDay(of, placeOf(nth)),
  ],
  [
    new RegExp(`\\b(?:every|each) ${period},? (?:on )?(?:the |its )?${place} ${work}\\b`),
    ([, of, nth]) => workingDay(of, placeOf(nth)),
  ],
  [
    new RegExp(`\\b(?:at )?(?:the )?(end|start|beginning) of (?:every|each) ${period}\\b`),
    ([, edge, of]) => workingDay(of, edge === 'end' ? -1 : 1),
  ],
  [
    new RegExp(`\\b(?:every|each|all) ${work}s?\\b|\\b(?:every|each) weekday\\b|\\b(?:on )?weekdays\\b`),
    () => certain(rruleOf('skip', { FREQ: 'DAILY' })),
  ],
  [
    new RegExp(`\\b(?:every|each) (other|second|\\d+)(?:nd)? (?:weeks? on )?${weekdays}\\b`),
    ([, count, said]) => certain(weeklyOf(weekdaysOf(said), countOf(count))),
  ],
  [
    new RegExp(
      `\\b(?:on )?(?:the )?${place} ${weekday.replace('(?:mon', '(mon').replace('sun)', 'sun)')} of (?:every|each|the) month\\b`,
    ),
    ([, nth, said]) => {
      const at = placeOf(nth)
      if (Math.abs(at) > 5) return null
      return certain(rruleOf('next-working-day', { FREQ: 'MONTHLY', BYDAY: `${at}${weekdaysOf(said)[0]}` }))
    },
  ],
  [
    new RegExp(
      `\\b(?:every|each) (?:week on )?${weekdays}\\b|\\bweekly on ${weekdays}\\b|\\b(?:on )?((?:mon|tues|wednes|thurs|fri|satur|sun)days)\\b`,
    ),
    ([, one, other, many]) => certain(weeklyOf(weekdaysOf(one ?? other ?? many), 1)),
  ],
  [
    new RegExp(
      `\\b(?:every|each) (?:year on (?:the )?)?(?:${month} ${dayNumber}|${dayNumber} (?:of )?${month})\\b|\\b(?:yearly|annually) on (?:the )?(?:${month} ${dayNumber}|${dayNumber} (?:of )?${month})\\b`,
    ),
    (match) => {
      const named = match.slice(1).filter((piece) => piece !== undefined)
      const day = Number(named.find((piece) => /^\d/.test(piece)))
      const at = months.indexOf(named.find((piece) => !/^\d/.test(piece)) ?? '') + 1
      return certain(rruleOf('next-working-day', { FREQ: 'YEARLY', BYMONTH: at, BYMONTHDAY: day }))
    },
  ],
  [
    new RegExp(
      `\\b(?:on )?(?:the )?${dayNumber} (?:day )?of (?:every|each|the) month\\b|\\b(?:every|each) month on (?:the )?${dayNumber}\\b|\\bmonthly on (?:the )?${dayNumber}\\b|\\b(?:every|each) (\\d{1,2})(?:st|nd|rd|th)\\b`,
    ),
    (match) => {
      const day = Number(match.slice(1).find((piece) => piece !== undefined))
      return certain(rruleOf('next-working-day', { FREQ: 'MONTHLY', BYMONTHDAY: day }))
    },
  ],
  [
    /\b(?:every|each) (other|second|\d+) ?(?:nd )?days?\b/,
    ([, count]) => certain(rruleOf('send', { FREQ: 'DAILY', INTERVAL: countOf(count) })),
  ],
  [/\b(?:every|each) day\b|\bdaily\b/, () => certain(rruleOf('send', { FREQ: 'DAILY' }))],
  [/\b(?:every|each) hour\b|\bhourly\b/, () => certain(rruleOf('send', { FREQ: 'HOURLY' }))],
  [/\b(?:every|each) minute\b/, () => certain(rruleOf('send', { FREQ: 'MINUTELY' }))],
  [/\b(?:every|each) second\b(?! \w)/, () => certain(rruleOf('send', { FREQ: 'SECONDLY' }))],
  [
    new RegExp(`\\b(?:every|each) ${period}\\b|\\b(weekly|monthly|quarterly|half-yearly|yearly|annually)\\b`),
    ([, one, other]) => {
      const of = periodsSaid[(one ?? other)!] ?? 'month'
      return guess({ type: 'working-day', period: of, nth: of === 'week' ? 1 : -1 })
    },
  ],
]

function workingDay(said: string | undefined, nth: number) {
  return certain({ type: 'working-day', period: periodsSaid[said ?? ''] ?? 'month', nth })
}

/** “last” is -1, “3rd” 3. */
export function placeOf(said: string | undefined): number {
  return places[said ?? ''] ?? Number.parseInt(said ?? '', 10)
}

function countOf(said: string | undefined): number {
  return said === 'other' || said === 'second' ? 2 : Number(said)
}

function weekdaysOf(said: string | undefined): string[] {
  return weekdayCodes.filter((code) => new RegExp(`\\b${code.toLowerCase()}`).test(said ?? ''))
}
