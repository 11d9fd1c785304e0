import { inPieces } from '../store/in-pieces.ts'
import type { Trx } from '../store/store.ts'
import { addWorkingTime, type CountedInstant, type WorkingTime } from './calendar/add-working-time.ts'
import { dayIn } from './calendar/day.ts'
import { readWorkCalendar } from './calendar/work-calendar.ts'
import { defaultZone } from './calendar/working-hours.ts'
import type { TimerPayload } from './timers.ts'

interface TimerBase {
  /** Made by whoever sets it, the same for the same matter: setting it again moves the timer. */
  id: string
  /** Names the handler, as `feature.what`. */
  kind: string
  payload: TimerPayload
  now: Date
}

export type NewTimer = TimerBase &
  (
    | { at: Date }
    | {
        /** Counted from `now`. */
        after: WorkingTime
        /** Whose hours and own days are counted by; null: the defaults. */
        organisation: string | null
        /** Whose days of leave do not count; null: nobody's. */
        person: string | null
      }
  )

/** What is kept of a timer that was set by working time, to count it again. */
export interface TimerRule {
  /** ISO text of the instant from which it is counted. */
  from: string
  after: WorkingTime
}

/** What is kept of a timer of which its kind's batch finds the time again, in place of a `TimerRule`. */
export const countedByKind = '{"countedBy":"kind"}'

/**
 * Sets a timer: it runs once, at its time or after it. The same id again moves it, and sets it anew where it has run
 * or was cancelled. A time that has passed is now. One that is counted in working time is counted again whenever tables, hours, own days or leave
 * change, until it runs. Gives the time, and whether it may still change since a year's table is not published.
 */
export async function setTimer(trx: Trx, timer: NewTimer): Promise<CountedInstant> {
  const { now } = timer
  const counted = 'at' in timer ? { at: timer.at, provisional: false } : await countTimer(trx, timer, now)
  const rule: TimerRule | null = 'at' in timer ? null : { from: now.toISOString(), after: timer.after }
  const row = {
    ...rowOf(timer, counted),
    rule: rule && JSON.stringify(rule),
    organisation: 'at' in timer ? null : timer.organisation,
    person: 'at' in timer ? null : timer.person,
  }
  await putRows(trx, [row])
  return counted
}

/** A timer at a given time. */
export interface TimerAt extends TimerBase {
  at: Date
  /**
   * By whose days the time was found, where it was: when they change, the batch of the kind finds it again
   * (`TimerBatch.recount`) before the timer may run. Default: by nobody's.
   */
  countedFor?: { organisation: string | null; provisional: boolean }
  /** The working time by which it was counted: counted again as what `setTimer` sets. Default: it was not. */
  countedFrom?: {
    from: Date
    after: WorkingTime
    organisation: string | null
    person: string | null
    provisional: boolean
  }
}

/** As `setTimer`, of many timers at given times, in few statements. No id twice. */
export async function setTimers(trx: Trx, timers: readonly TimerAt[]): Promise<void> {
  const rows = timers.map((timer) => {
    const { at, countedFor, countedFrom } = timer
    const row = rowOf(timer, { at, provisional: (countedFor ?? countedFrom)?.provisional ?? false })
    if (countedFrom) {
      const { from, after, organisation, person } = countedFrom
      return { ...row, rule: JSON.stringify({ from: from.toISOString(), after }), organisation, person }
    }
    if (!countedFor) return row
    return { ...row, rule: countedByKind, organisation: countedFor.organisation }
  })
  for (const piece of inPieces(rows)) await putRows(trx, piece)
}

function rowOf({ id, kind, payload, now }: TimerBase, { at, provisional }: CountedInstant) {
  // What is due at once lines up behind all that is due already: timers that come back again and again starve nobody.
  const due = [sortableText(at), sortableText(now)].toSorted().at(-1)!
  return {
    ...{ id, kind, payload: JSON.stringify(payload), due_at: due },
    ...{ rule: null as string | null, organisation: null as string | null, person: null as string | null },
    provisional: provisional ? (1 as const) : (0 as const),
    stale: 0 as const,
    state: 'waiting' as const,
    attempts: 0,
    // Whoever has it in hand finds that it is no longer theirs.
    lease_owner: null,
    lease_until: null,
    set_at: now.toISOString(),
    done_at: null,
  }
}

/**
 * ISO text, which databases compare as text: only years of four figures stand in the order of time.
 * Throws RangeError for any other.
 */
function sortableText(at: Date): string {
  const text = at.toISOString()
  if (!/^\d{4}-/.test(text)) throw new RangeError(`a timer cannot be set to ${text}`)
  return text
}

async function putRows(trx: Trx, rows: readonly ReturnType<typeof rowOf>[]): Promise<void> {
  await trx
    .insertInto('timer')
    .values([...rows])
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet(({ ref }) => ({
        kind: ref('excluded.kind'),
        payload: ref('excluded.payload'),
        due_at: ref('excluded.due_at'),
        rule: ref('excluded.rule'),
        organisation: ref('excluded.organisation'),
        person: ref('excluded.person'),
        provisional: ref('excluded.provisional'),
        stale: ref('excluded.stale'),
        state: ref('excluded.state'),
        attempts: ref('excluded.attempts'),
        lease_owner: ref('excluded.lease_owner'),
        lease_until: ref('excluded.lease_until'),
        set_at: ref('excluded.set_at'),
        done_at: ref('excluded.done_at'),
      })),
    )
    .execute()
}

/**
 * Sets a timer that stays as it is where it waits already: whoever asks again and again does not put it off. What the
 * asker has changed is there when it runs.
 */
export async function setUnlessWaiting(trx: Trx, timer: NewTimer): Promise<void> {
  // The row is written all the same: a handler that began before this commits would not see what this has changed.
  const waits = await trx
    .updateTable('timer')
    .set((set) => ({ due_at: set.ref('due_at') }))
    .where('id', '=', timer.id)
    .where('state', '=', 'waiting')
    .executeTakeFirst()
  if (waits.numUpdatedRows === 0n) await setTimer(trx, timer)
}

/** Takes a timer back, unless it has run. */
export async function cancelTimer(trx: Trx, id: string): Promise<void> {
  await cancelTimers(trx, [id])
}

/** As `cancelTimer`, of many, in few statements. */
export async function cancelTimers(trx: Trx, ids: readonly string[]): Promise<void> {
  for (const piece of inPieces(ids)) {
    await trx
      .updateTable('timer')
      .set({ state: 'cancelled', lease_owner: null, lease_until: null })
      .where('id', 'in', piece)
      .where('state', '=', 'waiting')
      .execute()
  }
}

/** When a timer that is counted in working time is due, by the calendar as it is in this transaction. */
export async function countTimer(
  trx: Trx,
  { after, organisation, person }: { after: WorkingTime; organisation: string | null; person: string | null },
  from: Date,
): Promise<CountedInstant> {
  const calendar = await readWorkCalendar(trx, { organisation, person }, dayIn(defaultZone, from))
  return addWorkingTime(calendar, from, after)
}
