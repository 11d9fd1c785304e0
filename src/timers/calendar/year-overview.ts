import { assumedHolidays } from './assumed-holidays.ts'
import { addDays, type Day } from './day.ts'
import type { YearTables } from './year-table.ts'

/** A holiday with its days off and the days that make up for them. */
export interface HolidayOverview {
  name: string
  /** Stretches of days off, first and last. */
  off: { first: Day; last: Day }[]
  work: Day[]
}

export interface YearOverview {
  year: number
  /** Null: no table is published, the holidays are assumed. */
  source: string | null
  /** In the order of their days. */
  holidays: HolidayOverview[]
}

/** A year as people read it. */
export function overviewOf(tables: YearTables, year: number): YearOverview {
  const table = tables(year)
  const off = Object.entries(table?.off ?? assumedHolidays(year)).sort(byDay)
  const holidays = new Map<string, HolidayOverview>()
  const holiday = (name: string) => {
    const known = holidays.get(name) ?? { name, off: [], work: [] }
    holidays.set(name, known)
    return known
  }
  for (const [day, name] of off) {
    const { off: spans } = holiday(name)
    const before = spans.at(-1)
    if (before && addDays(before.last, 1) === day) before.last = day
    else spans.push({ first: day, last: day })
  }
  for (const [day, name] of Object.entries(table?.work ?? {}).sort(byDay)) holiday(name).work.push(day)
  return { year, source: table?.source ?? null, holidays: [...holidays.values()] }
}

function byDay([one]: [string, string], [other]: [string, string]): number {
  return one < other ? -1 : 1
}
