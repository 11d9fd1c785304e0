import type { IncomingFile } from '../../../chat/incoming.ts'
import { holdBlobs } from '../../../store/blob-use.ts'
import type { Effect } from '../effects.ts'
import type { SubmissionRow } from '../records.ts'
import { offersOn, setState } from './offers.ts'
import { dropMilestones } from './reach-milestones.ts'

/** The words of an agreement stand in the history; its files are held from now on. */
export async function keepAgreement({
  trx,
  submission,
  action,
  input,
}: Effect): Promise<Partial<SubmissionRow>> {
  const files = action.fields.flatMap(({ name, type }) =>
    type === 'file' ? ((input[name] ?? []) as IncomingFile[]) : [],
  )
  await holdBlobs(
    trx,
    `submission ${submission.row.id} agreement`,
    files.map(({ blob }) => blob),
  )
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
