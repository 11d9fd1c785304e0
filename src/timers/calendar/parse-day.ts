import { addDays, type Day, dayOf, lastDayOfMonth, monthOf, weekdayOf, yearOf } from './day.ts'
import { arabicNumerals } from './spoken-numerals.ts'

/** Which of the days that a text without a year can mean is taken. */
export type Choice =
  /** The first one on this day or after it. */
  | { from: Day }
  /** The last one on this day or before it. */
  | { until: Day }

const englishMonths = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')
const englishDays = 'mon tue wed thu fri sat sun'.split(' ')
const month = `(${englishMonths.join('|')})[a-z]*\\.?`
const week = '(?:周|星期|礼拜)([一二三四五六日天1-7])'
const englishDay = `(${englishDays.join('|')})[a-z]*`

/** What is named by its distance from today, in days. */
const near: Record<string, number> = {
  ...{ 今天: 0, 今日: 0, today: 0, 明天: 1, 明日: 1, tomorrow: 1, 后天: 2, 大后天: 3 },
  ...{ 昨天: -1, 昨日: -1, yesterday: -1, 前天: -2, 大前天: -3 },
  ...{ 'the day after tomorrow': 2, 'day after tomorrow': 2, 'the day before yesterday': -2 },
}
const weeksAway: Record<string, number> = {
  ...{ 上: -1, 上个: -1, last: -1, 本: 0, 这: 0, 这个: 0, this: 0, 下: 1, 下个: 1, next: 1 },
  ...{ 下下: 2, 下下个: 2 },
}
const monthsAway: Record<string, number> = { '': 0, 本: 0, 这个: 0, 当: 0, 下: 1, 下个: 1 }
const yearsAway: Record<string, number> = { 去: -1, 上: -1, 今: 0, 本: 0, 明: 1, 来: 1, 后: 2 }

/** By pattern: what day a text is; the text is in half width, lower case, with numerals as figures. */
const readings: [RegExp, (match: string[], today: Day, choice: Choice) => Day | null][] = [
  [/^(\d{4})(\d\d)(\d\d)$/, ([y, m, d]) => dayOf(Number(y), Number(m), Number(d))],
  [/^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/, ([y, , m, d]) => dayOf(Number(y), Number(m), Number(d))],
  [
    /^(\d{4}|\d\d)年(\d{1,2})月(\d{1,2})[日号]?$/,
    ([y = '', m, d]) => dayOf(y.length === 2 ? 2000 + Number(y) : Number(y), Number(m), Number(d)),
  ],
  [
    /^([去上今本明来后])年(\d{1,2})月(\d{1,2})[日号]?$/,
    ([away = '', m, d], today) => dayOf(yearOf(today) + yearsAway[away]!, Number(m), Number(d)),
  ],
  [
    /^(\d{1,2})(?:月|[/.-])(\d{1,2})[日号]?$/,
    ([m, d], _, choice) => inSomeYear(Number(m), Number(d), choice),
  ],
  [
    /^(本|这个|当|下|下个)月(\d{1,2})[日号]?$/,
    ([away = '', d], today) => inMonth(lastDayOfMonth(today, monthsAway[away]!), Number(d)),
  ],
  [/^(\d{1,2})[日号]$/, ([d], _, choice) => inSomeMonth(Number(d), choice)],
  [/^(本|这个|当|下|下个|)月(?:底|末)$/, ([away = ''], today) => lastDayOfMonth(today, monthsAway[away]!)],
  [/^([今本明来后]|)年(?:底|末)$/, ([a = ''], today) => dayOf(yearOf(today) + (yearsAway[a] ?? 0), 12, 31)],
  [/^(\d{1,3})天(?:之|以)?后$/, ([n], today) => addDays(today, Number(n))],
  [/^in (\d{1,3}) days?$/, ([n], today) => addDays(today, Number(n))],
  [/^(?:the )?end of (?:the|this) month$/, (_, today) => lastDayOfMonth(today)],
  [/^(?:the )?end of next month$/, (_, today) => lastDayOfMonth(today, 1)],
  [
    new RegExp(`^(上个?|本|这个?|下个?|下下个?)${week}$`),
    ([away = '', name = ''], today) => inWeek(today, weeksAway[away]!, weekdayNumber(name)),
  ],
  [new RegExp(`^${week}$`), ([name = ''], _, choice) => someWeekday(weekdayNumber(name), choice)],
  [
    new RegExp(`^(last|this|next) ${englishDay}$`),
    ([away = '', name = ''], today) => inWeek(today, weeksAway[away]!, englishDays.indexOf(name) + 1),
  ],
  [
    new RegExp(`^(?:on )?${englishDay}$`),
    ([name = ''], _, choice) => someWeekday(englishDays.indexOf(name) + 1, choice),
  ],
  [
    new RegExp(`^(?:on )?${month} (\\d{1,2})(?:st|nd|rd|th)?(?:,? (\\d{4}))?$`),
    ([m = '', d, y], _, choice) => inEnglish(m, d, y, choice),
  ],
  [
    new RegExp(`^(?:on )?(?:the )?(\\d{1,2})(?:st|nd|rd|th)? (?:of )?${month}(?:,? (\\d{4}))?$`),
    ([d, m = '', y], _, choice) => inEnglish(m, d, y, choice),
  ],
]

/**
 * The day that a text names and nothing else, or null: `2026-12-01`, 2026年12月1日, 12月1日, 12/1 (month first), 十二月一日,
 * 1号, 明天, 后天, 周五, 本周五, 下周五 (that of next week, also “next Friday”), 月底, 3天后, “Dec 1”, “1 December 2026”.
 * A weekday may follow in brackets or not; one that is wrong makes it no day.
 * @param today by which 明天 and 下周五 are counted.
 * @param choice what a day without year, month or week means: by default the next such day, today included. A year is
 *   this one or one beside it.
 */
export function parseDay(text: string, today: Day, choice: Choice = { from: today }): Day | null {
  const plain = arabicNumerals(text.normalize('NFKC').toLowerCase()).trim().replaceAll(/\s+/g, ' ')
  const compact = /\p{Script=Han}/u.test(plain) ? plain.replaceAll(' ', '') : plain
  if (Object.hasOwn(near, compact)) return addDays(today, near[compact]!)
  const exact = read(compact, today, choice)
  if (exact) return exact
  const [, rest, named] = new RegExp(`^(.+?)\\(?${week}\\)?$`).exec(compact) ?? []
  const day = rest && /[日号\d]$/.test(rest) ? read(rest, today, choice) : null
  return day && weekdayOf(day) === weekdayNumber(named ?? '') ? day : null
}

function read(text: string, today: Day, choice: Choice): Day | null {
  for (const [pattern, reading] of readings) {
    const match = pattern.exec(text)
    if (match) return reading(match.slice(1), today, choice)
  }
  return null
}

function weekdayNumber(name: string): number {
  const number = Number(name)
  return number || '一二三四五六'.indexOf(name) + 1 || 7
}

function inWeek(today: Day, weeks: number, weekday: number): Day {
  return addDays(today, weeks * 7 + weekday - weekdayOf(today))
}

function someWeekday(weekday: number, choice: Choice): Day {
  if ('from' in choice) return addDays(choice.from, (weekday - weekdayOf(choice.from) + 7) % 7)
  return addDays(choice.until, -((weekdayOf(choice.until) - weekday + 7) % 7))
}

function inMonth(anyDay: Day, day: number): Day | null {
  return dayOf(yearOf(anyDay), monthOf(anyDay), day)
}

/** The day of that number in the nearest month that has one, of the twelve that come or went. */
function inSomeMonth(day: number, choice: Choice): Day | null {
  const months = Array.from({ length: 13 }, (_, i) => ('from' in choice ? i : -i))
  const start = 'from' in choice ? choice.from : choice.until
  return chosen(
    months.map((away) => inMonth(lastDayOfMonth(start, away), day)),
    choice,
  )
}

function inSomeYear(month: number, day: number, choice: Choice): Day | null {
  const start = yearOf('from' in choice ? choice.from : choice.until)
  const years = 'from' in choice ? [start, start + 1] : [start, start - 1]
  return chosen(
    years.map((year) => dayOf(year, month, day)),
    choice,
  )
}

function inEnglish(month: string, day: string | undefined, year: string | undefined, choice: Choice) {
  const number = englishMonths.indexOf(month) + 1
  return year ? dayOf(Number(year), number, Number(day)) : inSomeYear(number, Number(day), choice)
}

function chosen(days: (Day | null)[], choice: Choice): Day | null {
  return days.find((day) => day && ('from' in choice ? day >= choice.from : day <= choice.until)) ?? null
}
