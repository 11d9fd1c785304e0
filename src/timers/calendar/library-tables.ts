import chineseDays from 'chinese-days'
import { eachDay, yearOf } from './day.ts'
import type { YearTable } from './year-table.ts'

const known = new Map<number, YearTable | null>()

/**
 * The table of a year as chinese-days has it, or null. It answers for years of which it knows nothing too, by the days
 * of the week alone; what it really knows carries the names of a holiday, “National Day,国庆节,3”.
 */
export function libraryTable(year: number): YearTable | null {
  if (!known.has(year)) known.set(year, readLibrary(year))
  return known.get(year) ?? null
}

function readLibrary(year: number): YearTable | null {
  // Every published table has a first of October; days of a year beside may stand in that year's notice.
  if (holidayOf(`${year}-10-01`) === null) return null
  const table: YearTable = { year, source: 'chinese-days', off: {}, work: {} }
  for (const day of eachDay(`${year}-01-01`, `${year}-12-31`)) {
    const name = holidayOf(day)
    if (name !== null) table[chineseDays.getDayDetail(day).work ? 'work' : 'off'][day] = name
  }
  return table
}

/** The Chinese name of the holiday to which a day off or a make-up day belongs; null: an ordinary day. */
function holidayOf(day: string): string | null {
  const [, chinese] = chineseDays.getDayDetail(day).name.split(',')
  return chinese ?? null
}

/** Which years the library knows from one on, as a text: another text means that a newer library came. */
export function libraryEdition(from: Date): string {
  const first = yearOf(from.toISOString())
  const years: YearTable[] = []
  for (let year = first; ; year++) {
    const table = libraryTable(year)
    if (table === null) return JSON.stringify(years.map(({ off, work }) => [off, work]))
    years.push(table)
  }
}
