import type { Trx } from '../../store/store.ts'
import { cancelTimer, type NewTimer, setTimer } from '../../timers/set-timer.ts'
import type { KindFile } from './definition/schema.ts'
import type { Submission } from './records.ts'

/** Timers of a record: a warning to those who must act, word to those above, and what happens by itself. */
export const clockKinds = {
  warn: 'submissions.warn',
  late: 'submissions.late',
  act: 'submissions.act',
} as const

type Clock = keyof typeof clockKinds

/** When something that must be done on a day is asked for: at nine in the morning in China. */
const morning = 'T01:00:00.000Z'
/** Working days after which those above are told again, where the kind's file does not say. */
const repeatAfter = 5

/** Begins the times of the state in which a record is now; those of the state before end. Gives the limit, or when it ends by itself. */
export async function startClocks(trx: Trx, submission: Submission, now: Date): Promise<Date | null> {
  const { row, kind } = submission
  await stopClocks(trx, row.id)
  const state = kind.states[row.state]
  if (!state) return null
  const timer = (clock: Clock) => timerOf(submission, clock, now)
  const span = ({ days, of }: { days: number; of: 'working' | 'calendar' }, less = 0) =>
    of === 'working'
      ? { after: { workingDays: Math.max(0, days - less) }, ...countedBy(submission) }
      : { at: new Date(now.getTime() + Math.max(0, days - less) * 86_400_000) }
  let ends: Date | null = null
  if (state.clock && 'after' in state.clock) {
    ends = (await setTimer(trx, { ...timer('act'), ...span(state.clock.after) })).at
  } else if (state.clock && 'on' in state.clock && row.due_day !== null) {
    const ends = endOfDay(row.due_day)
    const at = new Date(ends.getTime() - state.clock.before * 86_400_000)
    await setTimer(trx, { ...timer('act'), at })
    await setReminder(trx, submission, now)
    return ends
  }
  if (isByDay(state) && row.due_day !== null) {
    await setReminder(trx, submission, now)
    const late = new Date(new Date(row.due_day + morning).getTime() + 86_400_000)
    await setTimer(trx, { ...timer('late'), at: late })
    return late
  }
  if (!state.limit) return ends
  const { of, byPriority, days } = state.limit
  const limit = { of, days: (row.priority && byPriority?.[row.priority]) ?? days }
  if (limit.days > 1) await setTimer(trx, { ...timer('warn'), ...span(limit, 1) })
  const { at } = await setTimer(trx, { ...timer('late'), ...span(limit) })
  return at
}

/** Whether what a state waits for is to be done by the day that was set, rather than within so many days. */
export function isByDay({ waitsFor, remind }: KindFile['states'][string]): boolean {
  return waitsFor === 'owner' || (waitsFor !== undefined && remind !== undefined)
}

/** When whoever has to do it until a day is reminded next; without effect where no reminder is left. */
export async function setReminder(trx: Trx, submission: Submission, now: Date): Promise<void> {
  const { row, kind } = submission
  const state = kind.states[row.state]
  if (!state || !isByDay(state) || row.due_day === null) return
  const due = new Date(row.due_day + morning)
  // Of the past is none: whoever was asked just now needs no reminder of a day that has come.
  const [next] = (state.remind ?? [1])
    .map((days) => new Date(due.getTime() - days * 86_400_000))
    .filter((at) => at > now)
    .sort((one, other) => one.getTime() - other.getTime())
  if (next) await setTimer(trx, { ...timerOf(submission, 'warn', now), at: next })
}

/** When a day of China is over. */
function endOfDay(day: string): Date {
  return new Date(Date.parse(`${day}T00:00:00+08:00`) + 86_400_000)
}

/** When those above are told again that it lies: `round` counts from 1, for the first time. */
export function lateTimer(submission: Submission, now: Date, round: number): NewTimer {
  const { row, kind } = submission
  const { payload, ...timer } = timerOf(submission, 'late', now)
  return {
    ...timer,
    payload: { ...payload, round: String(round) },
    after: { workingDays: kind.states[row.state]?.limit?.repeat ?? repeatAfter },
    ...countedBy(submission),
  }
}

/** When what happens by itself is tried again, where it could not be done: a working day later. */
export function againTimer(submission: Submission, now: Date): NewTimer {
  return { ...timerOf(submission, 'act', now), after: { workingDays: 1 }, ...countedBy(submission) }
}

async function stopClocks(trx: Trx, submission: string): Promise<void> {
  for (const clock of Object.keys(clockKinds) as Clock[]) await cancelTimer(trx, clockId(submission, clock))
}

function timerOf({ row }: Submission, clock: Clock, now: Date) {
  return {
    id: clockId(row.id, clock),
    kind: clockKinds[clock],
    payload: { submission: row.id, revision: String(row.revision), state: row.state },
    now,
  }
}

/** By whose hours and days: where one person alone has it, their leave does not count. */
function countedBy({ row, kind }: Submission): { organisation: string | null; person: string | null } {
  const part = kind.states[row.state]?.waitsFor
  const one = part === 'owner' || part === 'verifier' || part === 'handler' ? row[part] : null
  return { organisation: row.lies_with ?? row.organisation, person: one }
}

function clockId(submission: string, clock: Clock): string {
  return `submission:${submission}:${clock}`
}
