import { dayInChina } from '../../../knowledge/library/day.ts'
import type { Consequence } from '../consequences.ts'
import { receiversOf } from '../receivers.ts'
import { type Milestone, milestonesOf } from './milestones.ts'
import { numberOf } from './offers.ts'
import { tellOfMilestone } from './tell-of-milestone.ts'

/** Whoever has the milestone that was set, accepted or returned just now is told, unless they did it. */
export async function tellMilestoneOwner(
  consequence: Consequence,
  why: 'set' | 'accepted' | 'returned',
): Promise<void> {
  const { trx, context, submission, part, now } = consequence
  const milestone = await changedMilestone(consequence)
  if (!milestone || milestone.owner === part.person) return
  await tellOfMilestone(trx, context, submission, milestone, { why, to: [milestone.owner], now })
}

/** Whoever can accept what was reported just now is asked to. */
export async function askToAccept(consequence: Consequence): Promise<void> {
  const { trx, context, submission, part, now } = consequence
  const milestone = await changedMilestone(consequence)
  const accepting = Object.values(submission.kind.actions).find(({ does }) =>
    does.includes('accept-milestone'),
  )
  if (!milestone || !accepting) return
  for (const actor of accepting.by) {
    const people = await receiversOf(trx, submission, actor, dayInChina(now))
    const to = people.filter((person) => person !== part.person && person !== milestone.owner)
    if (to.length === 0) continue
    await tellOfMilestone(trx, context, submission, milestone, { why: 'reported', to, now })
    return
  }
}

/** The one that the action named; else the newest, which it has set. */
async function changedMilestone({ trx, submission, ...done }: Consequence): Promise<Milestone | undefined> {
  const milestones = await milestonesOf(trx, submission.row.id)
  const number = numberOf(done, 'milestone')
  const newest = Math.max(0, ...milestones.map((one) => one.number))
  return milestones.find((one) => one.number === (Number.isNaN(number) ? newest : number))
}
