import type { Flag, Instant } from '../tables.ts'

/** Something that happens once, at its time or after it. */
interface TimerTable {
  id: string
  /** Names the handler, as `feature.what`. */
  kind: string
  /** JSON object of strings. */
  payload: string
  due_at: Instant
  /** JSON of `{from, after}` or `{countedBy}` where `due_at` hangs on a calendar; null where it was given. */
  rule: string | null
  /** Whose hours, days and leave the rule counts by; null: the defaults, nobody's leave. */
  organisation: string | null
  person: string | null
  /** 1: a year without a published table was counted. */
  provisional: Flag
  /** 1: what the rule counts by has changed since; `due_at` is to be counted again before the timer may run. */
  stale: Flag
  state: 'waiting' | 'done' | 'cancelled' | 'failed'
  /** How often it was tried, the try under way included. */
  attempts: number
  lease_owner: string | null
  /** Nobody else takes it before; also how long a failed try waits for the next. */
  lease_until: Instant | null
  set_at: Instant
  /** When it has run or was given up; null while it waits, and where it was cancelled. */
  done_at: Instant | null
}

/** The published table of a year as a data file gave it, for all processes. */
interface CalendarYearTable {
  year: number
  /** JSON of `YearTable` (timers/calendar/year-table.ts). */
  table_json: string
  /** SHA-256 of the file. */
  hash: string
}

/** One row (id 1): which years the library knew when timers were counted last. */
interface CalendarStateTable {
  id: number
  library: string
}

/** When an organisation and those below it work, unless they have hours of their own. */
interface WorkingHoursTable {
  organisation: string
  /** `08:30-12:00 13:30-17:30`. */
  hours: string
  /** IANA name. */
  time_zone: string
}

/** A day on which an organisation and those below it work, or do not, whatever the calendar says. */
interface OrganisationDayTable {
  organisation: string
  /** `YYYY-MM-DD`. */
  day: string
  working: Flag
  name: string
}

interface PersonLeaveTable {
  id: string
  person: string
  /** `YYYY-MM-DD`; both days are included. */
  first_day: string
  last_day: string
  note: string
  /** A person's id; null: entered on the machine. */
  entered_by: string | null
  entered_at: Instant
}

/** Durable timers; working hours, days of organisations, leave. */
export interface TimerTables {
  timer: TimerTable
  calendar_year: CalendarYearTable
  calendar_state: CalendarStateTable
  working_hours: WorkingHoursTable
  organisation_day: OrganisationDayTable
  person_leave: PersonLeaveTable
}
