import { randomUUID } from 'node:crypto'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import type { Effect } from '../effects.ts'
import type { SubmissionRow } from '../records.ts'
import { beginReminders, endReminders } from './milestone-clocks.ts'
import { type Milestone, milestonesOf } from './milestones.ts'
import { numberOf } from './offers.ts'

/** Input: `title`, `due` (`YYYY-MM-DD`), `who` (a person; default: whoever owns the whole). */
export async function addMilestone(effect: Effect): Promise<Partial<SubmissionRow>> {
  const { trx, submission, input, now } = effect
  const { row } = submission
  const due = String(input.due ?? '')
  if (due < dayInChina(now)) throw new PlainError('submissions:refused.past-day')
  if (row.due_day !== null && due > row.due_day) {
    throw new PlainError('problems:after-the-end', { day: row.due_day })
  }
  const owner = typeof input.who === 'string' ? input.who : row.owner
  if (owner === null) throw new PlainError('submissions:refused.not-now')
  const numbers = await trx
    .selectFrom('submission_milestone')
    .select('number')
    .where('submission', '=', row.id)
    .execute()
  const milestone: Milestone = {
    ...{ id: randomUUID(), submission: row.id, owner, due_day: due },
    number: Math.max(0, ...numbers.map(({ number }) => number)) + 1,
    title: String(input.title ?? ''),
    ...{ state: 'open', result: '', remark: '', accepted_by: null },
    ...{ at: now.toISOString(), changed_at: now.toISOString() },
  }
  await trx.insertInto('submission_milestone').values(milestone).execute()
  await beginReminders(trx, submission, milestone, now)
  return {}
}

/** Input: `result`. By whoever has it, or has the whole. */
export async function reportMilestone(effect: Effect): Promise<Partial<SubmissionRow>> {
  const { trx, part, input } = effect
  const milestone = await namedMilestone(effect, 'open')
  if (milestone.owner !== part.person && !part.as.includes('owner')) {
    throw new PlainError('submissions:refused.not-yours')
  }
  await change(effect, milestone, { state: 'reported', result: String(input.result ?? ''), remark: '' })
  await endReminders(trx, milestone)
  return {}
}

/** Nobody accepts what they had to reach themselves. */
export async function acceptMilestone(effect: Effect): Promise<Partial<SubmissionRow>> {
  const { part, input } = effect
  const milestone = await namedMilestone(effect, 'reported')
  if (milestone.owner === part.person) throw new PlainError('problems:own-milestone')
  const remark = String(input.remark ?? '')
  await change(effect, milestone, { state: 'accepted', accepted_by: part.person, remark })
  return {}
}

/** Input: `reason`. */
export async function returnMilestone(effect: Effect): Promise<Partial<SubmissionRow>> {
  const { trx, submission, input, now } = effect
  const milestone = await namedMilestone(effect, 'reported')
  await change(effect, milestone, { state: 'open', remark: String(input.reason ?? '') })
  await beginReminders(trx, submission, milestone, now)
  return {}
}

/** All of an agreement that is ended: nobody is reminded of them any more. */
export async function dropMilestones({ trx, submission, now }: Effect): Promise<void> {
  const milestones = await milestonesOf(trx, submission.row.id)
  for (const milestone of milestones) await endReminders(trx, milestone)
  await trx
    .updateTable('submission_milestone')
    .set({ state: 'dropped', changed_at: now.toISOString() })
    .where('submission', '=', submission.row.id)
    .where('state', '!=', 'dropped')
    .execute()
}

/** The one that an action names, in the state in which it can be done. */
async function namedMilestone(effect: Effect, state: Milestone['state']): Promise<Milestone> {
  const { trx, submission } = effect
  const number = numberOf(effect, 'milestone')
  const milestones = await milestonesOf(trx, submission.row.id)
  const found = milestones.find((one) => one.number === number && one.state === state)
  if (!found) throw new PlainError('problems:no-milestone')
  return found
}

async function change(
  { trx, now }: Effect,
  { id }: Milestone,
  changes: Partial<Pick<Milestone, 'state' | 'result' | 'remark' | 'accepted_by'>>,
): Promise<void> {
  await trx
    .updateTable('submission_milestone')
    .set({ ...changes, changed_at: now.toISOString() })
    .where('id', '=', id)
    .execute()
}
