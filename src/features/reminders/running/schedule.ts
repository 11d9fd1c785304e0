import { sql } from 'kysely'
import type { Trx } from '../../../store/store.ts'
import { openCalendars } from '../../../timers/calendar/calendars-of-many.ts'
import { dueAfterRecount } from '../../../timers/recount.ts'
import type { Place } from '../../../timers/recurrence/occurrences.ts'
import type { Rule } from '../../../timers/recurrence/rule.ts'
import { cancelTimers, setTimers, type TimerAt } from '../../../timers/set-timer.ts'
import type { Reminder } from '../records.ts'
import { type NextTime, nextTime } from './due-times.ts'

/** The kind of the timer of a reminder's next time; its id is `reminders.run:ID`. */
export const runTimer = 'reminders.run'

/** Why the house ended a reminder whose times are all over: a key of messages. */
const over = 'reminders:times-over'

/**
 * Finds the first time after those that are over, keeps it (`next_key`, `next_at`) and sets the timer; where there is none
 * more, the reminder ends. Times before the reminder was last changed are passed over. One that is not active waits for
 * nothing.
 */
export async function scheduleNext(trx: Trx, reminder: Reminder, now: Date): Promise<void> {
  await scheduleAll(trx, [{ reminder }], now)
}

/** A reminder whose next time is wanted. */
export interface Unscheduled {
  reminder: Reminder
  /** Nothing before it is looked for. Default: when it was last changed. */
  from?: Date | undefined
  /** The time that it has was found by a calendar that has changed. Default false. */
  recounted?: boolean
}

/** As `scheduleNext`, of 500 reminders at most, in few statements. Their `last_key` is kept as it is given. */
export async function scheduleAll(trx: Trx, all: readonly Unscheduled[], now: Date): Promise<void> {
  if (all.length === 0) return
  const places = await openPlaces(trx, now)
  const timers: TimerAt[] = []
  const idle: string[] = []
  const rows: ReturnType<typeof rowOf>[] = []
  for (const { reminder, from, recounted = false } of all) {
    const { row, rule } = reminder
    const found = row.state === 'active' ? nextTime(reminder, await places(reminder), from) : null
    const next = found && recounted && found.key === row.next_key ? keepUp(found, row.next_at!, now) : found
    rows.push(rowOf(reminder, next))
    const id = `${runTimer}:${row.id}`
    if (!next) {
      idle.push(id)
      continue
    }
    const { organisation } = row
    timers.push({
      ...{ id, kind: runTimer, payload: { reminder: row.id, key: next.key }, now, at: next.at },
      ...(hangsOnDays(rule) ? { countedFor: { organisation, provisional: next.provisional } } : {}),
    })
  }
  await keepRows(trx, rows)
  await setTimers(trx, timers)
  await cancelTimers(trx, idle)
}

/** Counted again, nothing moves into the past of what was sent. */
function keepUp(next: NextTime, had: string, now: Date): NextTime {
  return { ...next, at: dueAfterRecount(next.at, had, now) }
}

/** By whose days and clock a reminder is counted; each calendar is read once. */
export async function openPlaces(
  trx: Trx,
  now: Date,
): Promise<(reminder: Pick<Reminder, 'row'>) => Promise<Place>> {
  const calendars = await openCalendars(trx, now)
  return async ({ row }) => ({ calendar: await calendars(row.organisation), zone: row.time_zone })
}

/** Whether its times change with tables and own days. */
function hangsOnDays(rule: Rule): boolean {
  if (rule.type === 'rrule') return rule.onDayOff !== 'send'
  return rule.type === 'working-day' || (rule.type === 'before' && rule.working)
}

function rowOf({ row }: Reminder, next: NextTime | null) {
  const hasEnded = row.state === 'active' && !next
  return [
    row.id,
    row.last_key,
    next?.key ?? null,
    next?.at.toISOString() ?? null,
    next?.provisional ? 1 : 0,
    hasEnded ? 'ended' : row.state,
    hasEnded ? over : row.reason,
  ] as const
}

/** One statement for all; both databases name the columns of `values` alike. */
async function keepRows(trx: Trx, rows: readonly ReturnType<typeof rowOf>[]): Promise<void> {
  const values = rows.map((row) => sql`(${sql.join(row)})`)
  // PostgreSQL takes every bound value there as text.
  await sql`
    update reminder set last_key = v.column2, next_key = v.column3, next_at = v.column4, provisional = cast(v.column5 as integer),
      state = v.column6, reason = v.column7
    from (values ${sql.join(values)}) as v
    where reminder.id = v.column1
  `.execute(trx)
}
