import { randomUUID } from 'node:crypto'
import { nextNumbers } from '../../../forms/receipt-number.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { inPieces } from '../../../store/in-pieces.ts'
import { hasRowLocks } from '../../../store/row-locks.ts'
import type { Trx } from '../../../store/store.ts'
import type { BatchedTimer, TimerBatch } from '../../../timers/timers.ts'
import type { RemindersContext } from '../context.ts'
import { endInGroups } from '../items/end-items.ts'
import { type OpenedItem, showNew } from '../items/show-new.ts'
import { type ItemRow, type Reminder, readReminders, runId } from '../records.ts'
import { type GoneTime, goneTimes } from './due-times.ts'
import { type Resolved, resolveTargets } from './resolve-targets.ts'
import { openPlaces, scheduleAll, type Unscheduled } from './schedule.ts'
import { noteProblems, watchChats } from './watch-targets.ts'

/** A reminder whose time has come, with what becomes of it and of those times that were missed. */
interface Due {
  reminder: Reminder
  gone: readonly GoneTime[]
  followedBy: Date | undefined
}

/** Runs reminders that are due, up to 500 in one transaction: each occurrence opens its items once, and never early. */
export function createRuns(context: RemindersContext): TimerBatch {
  return {
    async runAll(trx, timers, now) {
      const reminders = await lockReminders(trx, timers)
      const { due, others } = await claim(trx, reminders, timers, now)
      const missed = due.flatMap((one) =>
        one.gone.filter(({ outcome }) => outcome === 'missed').map((time) => ({ one, time })),
      )
      await openAll(trx, context, due, now)
      await noteMissed(trx, missed, now)
      const next = due.map(({ reminder, gone, followedBy }): Unscheduled => {
        const last = gone
          .map(({ key }) => key)
          .toSorted()
          .at(-1)!
        const row = { ...reminder.row, last_key: last, next_key: null, next_at: null }
        return { reminder: { ...reminder, row }, from: followedBy }
      })
      // A timer that ran for nothing is set to the time that the reminder has.
      await scheduleAll(trx, [...next, ...others.map((reminder) => ({ reminder }))], now)
    },

    async recount(trx, timers, now) {
      const reminders = await lockReminders(trx, timers)
      await scheduleAll(
        trx,
        reminders.map((reminder) => ({ reminder, recounted: true })),
        now,
      )
    },
  }
}

async function lockReminders(trx: Trx, timers: readonly BatchedTimer[]): Promise<Reminder[]> {
  const ids = [...new Set(timers.map(({ payload }) => payload.reminder ?? ''))]
  if (hasRowLocks(trx)) {
    // In one order, so that two who lock several do not wait for one another.
    await trx.selectFrom('reminder').select('id').where('id', 'in', ids).orderBy('id').forUpdate().execute()
  }
  return readReminders(trx, ids)
}

/** The condition under which the timers were set, once more: a reminder may have been paused, changed or moved since. */
async function claim(trx: Trx, reminders: readonly Reminder[], timers: readonly BatchedTimer[], now: Date) {
  const keys = new Set(timers.map(({ payload }) => runId(payload.reminder ?? '', payload.key ?? '')))
  const places = await openPlaces(trx, now)
  const due: Due[] = []
  const others: Reminder[] = []
  for (const reminder of reminders) {
    const { id, state, next_key, next_at } = reminder.row
    const isDue = next_key !== null && keys.has(runId(id, next_key)) && new Date(next_at!) <= now
    if (state !== 'active') continue
    if (isDue) due.push({ reminder, ...goneTimes(reminder, await places(reminder), now) })
    else others.push(reminder)
  }
  return { due, others }
}

/** Keeps the runs, opens the items of those that are sent, and tells whoever has them. */
async function openAll(trx: Trx, context: RemindersContext, due: readonly Due[], now: Date): Promise<void> {
  const sent = due.filter(({ gone }) => gone.some(({ outcome }) => outcome === 'sent'))
  const resolved = await resolveTargets(
    trx,
    sent.map(({ reminder }) => reminder),
    now,
  )
  const isNew = await keepRuns(trx, due, resolved, now)
  const opened: OpenedItem[] = []
  for (const { reminder, gone } of sent) {
    const time = gone.find(({ outcome }) => outcome === 'sent')!
    const run = runId(reminder.row.id, time.key)
    if (!isNew.has(run)) continue
    for (const { position, person, chat } of resolved.get(reminder)!.addressees) {
      const row: ItemRow = {
        ...{ id: randomUUID(), number: '', run, reminder: reminder.row.id, position, person },
        ...{
          chat: chat && JSON.stringify(chat),
          state: 'open',
          opened_at: now.toISOString(),
          closed_at: null,
        },
        ...{ closed_by: null, note: '', handed_to: null, snoozed_until: null, step: 0, told_at: null },
      }
      opened.push({ row, reminder, late: time.late, dueAt: time.at })
    }
  }
  const year = Number(dayInChina(now).slice(0, 4))
  const numbers = await nextNumbers(trx, 'DB', year, { count: opened.length, digits: 6 })
  for (const [at, { row }] of opened.entries()) row.number = numbers[at]!
  for (const piece of inPieces(opened)) {
    await trx
      .insertInto('reminder_item')
      .values(piece.map(({ row }) => row))
      .execute()
  }
  await noteProblems(trx, context, resolved, now)
  await endInGroups(trx, boundAnew(resolved), now)
  if (opened.length > 0) await showNew(trx, context, opened, now)
  await watchChats(trx, opened, now)
}

/** Targets whose group belongs to another organisation by now. */
function boundAnew(resolved: ReadonlyMap<Reminder, Resolved>): { reminder: string; position: number }[] {
  return [...resolved].flatMap(([{ row }, { problems }]) =>
    [...problems].flatMap(([position, problem]) =>
      problem === 'reminding:target.bound-anew' ? [{ reminder: row.id, position }] : [],
    ),
  )
}

/** Gives the runs that there were not before: an occurrence that was moved back and forth is not run again. */
async function keepRuns(
  trx: Trx,
  due: readonly Due[],
  resolved: ReadonlyMap<Reminder, Resolved>,
  now: Date,
): Promise<Set<string>> {
  const rows = due.flatMap(({ reminder, gone }) =>
    gone.map(({ key, at, outcome, late }) => ({
      ...{ id: runId(reminder.row.id, key), reminder: reminder.row.id, key },
      ...{ due_at: at.toISOString(), ran_at: now.toISOString(), late: late ? (1 as const) : (0 as const) },
      outcome:
        outcome === 'sent' && resolved.get(reminder)!.addressees.length === 0 ? ('nobody' as const) : outcome,
    })),
  )
  const kept = new Set<string>()
  for (const piece of inPieces(rows)) {
    const inserted = await trx
      .insertInto('reminder_run')
      .values(piece)
      .onConflict((conflict) => conflict.column('id').doNothing())
      .returning('id')
      .execute()
    for (const { id } of inserted) kept.add(id)
  }
  return kept
}

/** Whoever keeps the reminder reads in its history what nobody was told of. */
async function noteMissed(
  trx: Trx,
  missed: readonly { one: Due; time: GoneTime }[],
  now: Date,
): Promise<void> {
  const rows = missed.map(({ one, time }) => ({
    ...{ id: randomUUID(), reminder: one.reminder.row.id, item: null, what: 'missed', by: null },
    ...{ data: JSON.stringify({ at: time.at.toISOString() }), at: now.toISOString() },
  }))
  for (const piece of inPieces(rows)) await trx.insertInto('reminder_history').values(piece).execute()
}
