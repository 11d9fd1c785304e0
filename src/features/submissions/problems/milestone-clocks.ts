import { dayInChina } from '../../../knowledge/library/day.ts'
import type { Trx } from '../../../store/store.ts'
import { cancelTimer, setTimer } from '../../../timers/set-timer.ts'
import type { TimerHandler } from '../../../timers/timers.ts'
import type { SubmissionsContext } from '../context.ts'
import { aboveOf } from '../receivers.ts'
import { readSubmission, type Submission } from '../records.ts'
import type { Milestone } from './milestones.ts'
import { tellOfMilestone } from './tell-of-milestone.ts'

/** One timer for each milestone that is yet to be reached: before its day, after it, and as long as it lies. */
const milestoneClock = 'submissions.milestone'

/** Nine in the morning in China. */
const morning = 'T01:00:00.000Z'
const day = 86_400_000
/** Working days after which it is said again. */
const repeatAfter = 5
/** Days before its day, where the kind's file does not say. */
const usualWarning = 3

/** Begins the reminders of a milestone that is open: some days before its day, else on the morning after it. */
export async function beginReminders(
  trx: Trx,
  { row, kind }: Submission,
  { number, due_day }: Pick<Milestone, 'number' | 'due_day'>,
  now: Date,
): Promise<void> {
  const due = Date.parse(due_day + morning)
  const warning = new Date(due - (kind.milestones?.warn ?? usualWarning) * day)
  const isAhead = warning > now
  await setTimer(trx, {
    ...timerOf(row.id, number, isAhead ? 'warn' : '1', now),
    at: isAhead ? warning : new Date(due + day),
  })
}

export async function endReminders(
  trx: Trx,
  { submission, number }: Pick<Milestone, 'submission' | 'number'>,
): Promise<void> {
  await cancelTimer(trx, timerId(submission, number))
}

/** First the owner, then who asked them to do it, then those above. */
export function createMilestoneClock(context: SubmissionsContext): Record<string, TimerHandler> {
  return {
    [milestoneClock]: async (trx, { submission: id = '', number = '', round = '1' }, now) => {
      const submission = await readSubmission(trx, context, id)
      const { row, kind } = submission
      const milestone = await trx
        .selectFrom('submission_milestone')
        .selectAll()
        .where('submission', '=', id)
        .where('number', '=', Number(number))
        .executeTakeFirst()
      // A timer that was on its way when somebody reported, or ended it all.
      if (milestone?.state !== 'open' || kind.states[row.state]?.final) return
      if (round === 'warn') {
        await tellOfMilestone(trx, context, submission, milestone, {
          why: 'warn',
          to: [milestone.owner],
          now,
        })
        const at = new Date(Date.parse(milestone.due_day + morning) + day)
        await setTimer(trx, { ...timerOf(id, milestone.number, '1', now), at })
        return
      }
      const late = Number(round)
      const above = late === 1 ? [] : await superiorsOf(trx, submission, late, now)
      const isOwn = above.length === 0
      await tellOfMilestone(trx, context, submission, milestone, {
        ...{ why: isOwn ? 'overdue' : 'late', to: isOwn ? [milestone.owner] : above, round, now },
      })
      await setTimer(trx, {
        ...timerOf(id, milestone.number, String(late + 1), now),
        after: { workingDays: repeatAfter },
        ...{ organisation: row.lies_with ?? row.organisation, person: null },
      })
    },
  }
}

function superiorsOf(trx: Trx, submission: Submission, late: number, now: Date): Promise<string[]> {
  const handling = submission.kind.handlers === 'restricted' ? 'restricted' : 'handler'
  return aboveOf(trx, submission, late === 2 ? 'owner' : handling, dayInChina(now))
}

function timerOf(submission: string, number: number, round: string, now: Date) {
  return {
    id: timerId(submission, number),
    kind: milestoneClock,
    payload: { submission, number: String(number), round },
    now,
  }
}

function timerId(submission: string, number: number): string {
  return `submission:${submission}:milestone:${number}`
}
