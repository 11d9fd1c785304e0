import type { Trx } from '../../store/store.ts'
import { cancelTimer, setTimer } from '../../timers/set-timer.ts'
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

/** Begins the times of the state in which a record is now; those of the state before end. Gives the limit, if any. */
export async function startClocks(trx: Trx, { row, kind }: Submission, now: Date): Promise<Date | null> {
  await stopClocks(trx, row.id)
  const state = kind.states[row.state]
  if (!state) return null
  const base = { organisation: row.lies_with ?? row.organisation, person: null }
  const timer = (clock: Clock) => ({
    id: clockId(row.id, clock),
    kind: clockKinds[clock],
    payload: { submission: row.id, revision: String(row.revision), state: row.state },
    now,
  })
  const span = ({ days, of }: { days: number; of: 'working' | 'calendar' }, less = 0) =>
    of === 'working'
      ? { after: { workingDays: Math.max(0, days - less) }, ...base }
      : { at: new Date(now.getTime() + Math.max(0, days - less) * 86_400_000) }
  if (state.clock) {
    await setTimer(trx, { ...timer('act'), ...span(state.clock.after) })
  }
  if (state.waitsFor === 'owner' && row.due_day !== null) {
    const due = new Date(row.due_day + morning)
    await setTimer(trx, { ...timer('warn'), at: new Date(due.getTime() - 86_400_000) })
    const late = new Date(due.getTime() + 86_400_000)
    await setTimer(trx, { ...timer('late'), at: late })
    return late
  }
  if (!state.limit) return null
  if (state.limit.days > 1) await setTimer(trx, { ...timer('warn'), ...span(state.limit, 1) })
  const { at } = await setTimer(trx, { ...timer('late'), ...span(state.limit) })
  return at
}

async function stopClocks(trx: Trx, submission: string): Promise<void> {
  for (const clock of Object.keys(clockKinds) as Clock[]) await cancelTimer(trx, clockId(submission, clock))
}

function clockId(submission: string, clock: Clock): string {
  return `submission:${submission}:${clock}`
}
