import { filesIn, holdFiles } from '../attachments.ts'
import type { Effect } from '../effects.ts'
import type { SubmissionRow } from '../records.ts'
import { offersOn, setState } from './offers.ts'
import { dropMilestones } from './reach-milestones.ts'

/** The words of an agreement stand in the history; its files are held from now on. */
export async function keepAgreement({
  trx,
  context,
  submission,
  action,
  input,
}: Effect): Promise<Partial<SubmissionRow>> {
  await holdFiles(trx, context, submission.row, filesIn(action.fields, input), 'agreement')
  return {}
}

/** Ended before the problem was solved: who had it has it no more, and others may offer. */
export async function endAgreement(effect: Effect): Promise<Partial<SubmissionRow>> {
  const { trx, submission, now } = effect
  const chosen = (await offersOn(trx, submission.row.id)).filter(({ state }) => state === 'chosen')
  await setState(trx, chosen, 'ended', now)
  await dropMilestones(effect)
  return { owner: null, verifier: null }
}
