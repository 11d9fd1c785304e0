import { ancestorsOf } from '../../people/organisations.ts'
import type { Reads } from '../../people/people.ts'
import { assumedHolidays } from './assumed-holidays.ts'
import { addDays, type Day, monthOf, weekdayOf, yearOf } from './day.ts'
import { libraryTable } from './library-tables.ts'
import { defaultHours, defaultZone, parseWorkingHours, type Span } from './working-hours.ts'
import type { YearTable, YearTables } from './year-table.ts'

/** Whose days and hours are meant. */
export interface CalendarScope {
  /** An organisation's id; null: the default hours, no own days. */
  organisation: string | null
  /** A person's id, whose days of leave are no working days; null: nobody's. */
  person: string | null
}

/** All that decides when somebody works, loaded: everything computed from it is a pure function. */
export interface WorkCalendar {
  /** IANA name. */
  zone: string
  /** The stretches of work of a working day, in order. */
  hours: readonly Span[]
  tables: YearTables
  /** Own days of the organisation and of those above it, the nearest one's. */
  own: ReadonlyMap<Day, { working: boolean; name: string }>
  leave: readonly { first: Day; last: Day }[]
}

export interface DayKind {
  working: boolean
  /** It was assumed, since the year's table is not published yet. */
  provisional: boolean
  /** Of the holiday, of the day made up for, or of an organisation's own day; empty for ordinary days. */
  name: string
  /** What decided: the person's leave, an own day, the table, a statutory holiday assumed, the day of the week. */
  by: 'leave' | 'own' | 'table' | 'assumed' | 'week'
}

/** The calendar of nobody in particular: tables and default hours. */
export function defaultCalendar(tables: YearTables): WorkCalendar {
  return {
    zone: defaultZone,
    hours: parseWorkingHours(defaultHours),
    tables,
    own: new Map(),
    leave: [],
  }
}

/** What kind of day it is. Own days win over tables, a person's leave over all. */
export function kindOfDay(calendar: WorkCalendar, day: Day): DayKind {
  if (calendar.leave.some(({ first, last }) => first <= day && day <= last)) {
    return { working: false, provisional: false, name: '', by: 'leave' }
  }
  const own = calendar.own.get(day)
  if (own) return { ...own, provisional: false, by: 'own' }
  const year = yearOf(day)
  // A notice may reach back into the December before: the New Year of 2023 began on 31 December 2022.
  const later = monthOf(day) === 12 ? calendar.tables(year + 1) : null
  const table = calendar.tables(year)
  const published = (later && inTable(later, day)) ?? (table && inTable(table, day))
  if (published) return published
  const provisional = table === null
  const assumed = provisional ? assumedHolidays(year)[day] : undefined
  if (assumed !== undefined) return { working: false, provisional, name: assumed, by: 'assumed' }
  return { working: weekdayOf(day) <= 5, provisional, name: '', by: 'week' }
}

function inTable(table: YearTable, day: Day): DayKind | null {
  const off = table.off[day]
  const work = table.work[day]
  if (off === undefined && work === undefined) return null
  return { working: off === undefined, provisional: false, name: off ?? work ?? '', by: 'table' }
}

/** Published tables: the data files', which all processes share through the database, else the library's. */
export async function readYearTables(db: Reads): Promise<YearTables> {
  const rows = await db.selectFrom('calendar_year').select(['year', 'table_json']).execute()
  const files = new Map(rows.map(({ year, table_json }) => [year, JSON.parse(table_json) as YearTable]))
  return (year) => files.get(year) ?? libraryTable(year)
}

/**
 * Loads the calendar of a scope: hours and own days are inherited down the tree of organisations, and the nearest
 * organisation that says something wins. Leave that ended before `from` is left out.
 */
export async function readWorkCalendar(db: Reads, scope: CalendarScope, from: Day): Promise<WorkCalendar> {
  const calendar = defaultCalendar(await readYearTables(db))
  const { organisation, person } = scope
  const leave = person === null ? [] : await readLeave(db, person, from)
  if (organisation === null) return { ...calendar, leave }
  // The organisation itself first, its root last.
  const chain = [organisation, ...(await ancestorsOf(db, organisation)).map(({ id }) => id)]
  const nearest = await nearestHours(db, chain)
  const days = await db
    .selectFrom('organisation_day')
    .selectAll()
    .where('organisation', 'in', chain)
    .where('day', '>=', addDays(from, -daysBehind))
    .execute()
  const distance = (row: { organisation: string }) => chain.indexOf(row.organisation)
  return {
    ...calendar,
    ...(nearest ? { zone: nearest.time_zone, hours: parseWorkingHours(nearest.hours) } : {}),
    // Of two entries of a map the later one stays: the nearest comes last.
    own: new Map(
      days
        .toSorted((a, b) => distance(b) - distance(a))
        .map(({ day, working, name }) => [day, { working: working === 1, name }]),
    ),
    leave,
  }
}

async function nearestHours(db: Reads, chain: readonly string[]) {
  const rows = await db.selectFrom('working_hours').selectAll().where('organisation', 'in', chain).execute()
  return rows.toSorted((a, b) => chain.indexOf(a.organisation) - chain.indexOf(b.organisation))[0]
}

/**
 * The zone of an organisation's own clock, else of the nearest above it that has one; null: none was entered. IANA name.
 * @param chain The organisation itself first, its root last.
 */
export async function enteredZone(db: Reads, chain: readonly string[]): Promise<string | null> {
  return chain.length === 0 ? null : ((await nearestHours(db, chain))?.time_zone ?? null)
}

/** Whoever counts back from a day needs own days and leave before it. */
const daysBehind = 400

async function readLeave(db: Reads, person: string, from: Day): Promise<{ first: Day; last: Day }[]> {
  const rows = await db
    .selectFrom('person_leave')
    .select(['first_day', 'last_day'])
    .where('person', '=', person)
    .where('last_day', '>=', addDays(from, -daysBehind))
    .execute()
  return rows.map(({ first_day, last_day }) => ({ first: first_day, last: last_day }))
}
