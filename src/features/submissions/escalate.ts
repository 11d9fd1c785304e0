import { dayInChina } from '../../knowledge/library/day.ts'
import type { Trx } from '../../store/store.ts'
import { setTimer } from '../../timers/set-timer.ts'
import type { TimerHandler } from '../../timers/timers.ts'
import { act, clockPart } from './act.ts'
import { againTimer, clockKinds, lateTimer, setReminder } from './clocks.ts'
import type { SubmissionsContext } from './context.ts'
import { checkAction } from './life/life.ts'
import { aboveOf } from './receivers.ts'
import { readSubmission, type Submission } from './records.ts'
import { standingOf } from './standing.ts'
import { tellNext } from './tell.ts'

/** How often authors are told that something of theirs waits for them. */
const mostForAuthors = 3

/**
 * What happens when the time of a state comes to its end: those who must act are warned; those above are told when it is
 * over, and again as long as it lies; what the kind's file leaves to the clock is done.
 */
export function createClockHandlers(context: SubmissionsContext): Record<string, TimerHandler> {
  const handler =
    (work: (trx: Trx, found: Submission, now: Date, round: number) => Promise<void>): TimerHandler =>
    async (trx, { submission = '', state = '', round = '1' }, now) => {
      const found = await readSubmission(trx, context, submission)
      // A timer that was on its way when somebody acted.
      if (found.row.state === state) await work(trx, found, now, Number(round))
    }
  return {
    [clockKinds.act]: handler(async (trx, found, now) => {
      const { row, kind } = found
      const action = kind.states[row.state]?.clock?.action
      if (!action) return
      const checked = checkAction(kind, await standingOf(trx, found), clockPart, action)
      // What it needs does not hold yet: it is tried again, for nobody else may do it.
      if (typeof checked === 'string') return void (await setTimer(trx, againTimer(found, now)))
      await act(trx, context, { submission: row.id, action, by: 'clock', seen: null, input: {}, now })
    }),
    [clockKinds.warn]: handler(async (trx, found, now) => {
      await tellNext(trx, context, found, now, { why: 'warn', round: dayInChina(now), lane: 'reminder' })
      await setReminder(trx, found, now)
    }),
    [clockKinds.late]: handler((trx, found, now, round) => tellAbove(trx, context, found, now, round)),
  }
}

async function tellAbove(
  trx: Trx,
  context: SubmissionsContext,
  submission: Submission,
  now: Date,
  round: number,
): Promise<void> {
  const { row, kind } = submission
  const part = kind.states[row.state]?.waitsFor
  if (!part) return
  const today = dayInChina(now)
  const above = await aboveOf(trx, submission, part, today)
  // Of those who work for the handlers these hear first; where that does not help, those above them too.
  const isWork = part === 'owner' || part === 'verifier' || part === 'reviewer'
  if (isWork && round > 1) above.push(...(await aboveOf(trx, submission, 'handler', today)))
  const options = { why: 'late', round: String(round), lane: 'reminder' } as const
  const reached =
    above.length === 0
      ? 0
      : await tellNext(trx, context, submission, now, { ...options, to: [...new Set(above)] })
  const owes = part === 'author' && row.granted !== null
  // Whoever was granted money is told as often as those who wait for the account of it.
  if (reached > 0 && owes) await tellNext(trx, context, submission, now, { ...options, why: 'overdue' })
  // With nobody above it is those who have it who are told again.
  if (reached === 0) await tellNext(trx, context, submission, now, { ...options, why: 'overdue' })
  // Authors who let it lie are not pressed for ever.
  if (part === 'author' && !owes && round >= mostForAuthors) return
  await setTimer(trx, lateTimer(submission, now, round + 1))
}
