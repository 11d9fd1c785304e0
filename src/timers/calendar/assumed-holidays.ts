import chineseDays from 'chinese-days'
import { addDays, type Day, yearOf } from './day.ts'

/** The lunar calendar is computed for these years; beyond them only the fixed days are assumed. */
const lunarYears = { first: 1901, last: 2099 }

const known = new Map<number, Record<Day, string>>()

/**
 * The statutory holidays of a year without a published table, with their names: 13 days by the rule in force since 2025
 * (国务院《全国年节及纪念日放假办法》, decree 795 of November 2024). How they are joined to weekends and made up for is not
 * known before the year's notice.
 */
export function assumedHolidays(year: number): Record<Day, string> {
  const days = known.get(year) ?? Object.fromEntries(listHolidays(year))
  known.set(year, days)
  return days
}

function listHolidays(year: number): [Day, string][] {
  const fixed: [Day, string][] = [
    [`${year}-01-01`, '元旦'],
    [`${year}-05-01`, '劳动节'],
    [`${year}-05-02`, '劳动节'],
    ...[1, 2, 3].map((day): [Day, string] => [`${year}-10-0${day}`, '国庆节']),
  ]
  if (year < lunarYears.first || year > lunarYears.last) return fixed
  // Where Mid-Autumn falls on a day of National Day, which happens, the day keeps its first name.
  const moving: [Day, string][] = [
    ...springFestival(year),
    [chineseDays.getSolarTermDate(year, 4, 'pure_brightness'), '清明'],
    [lunarDay(year, 5, 5), '端午'],
    [lunarDay(year, 8, 15), '中秋'],
  ]
  return [...moving, ...fixed].filter(([day]) => yearOf(day) === year)
}

/** 除夕 and the first three days of the first month. */
function springFestival(year: number): [Day, string][] {
  const first = lunarDay(year, 1, 1)
  return [-1, 0, 1, 2].map((away) => [addDays(first, away), '春节'])
}

function lunarDay(year: number, month: number, day: number): Day {
  const two = (number: number) => String(number).padStart(2, '0')
  return chineseDays.getSolarDateFromLunar(`${year}-${two(month)}-${two(day)}`).date
}
