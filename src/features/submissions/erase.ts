import { enqueue } from '../../delivery/outbox.ts'
import { translate } from '../../messages/translate.ts'
import { eraseMatters } from '../../seal/matters.ts'
import { holdFiles } from './attachments.ts'
import { textCard } from './cards.ts'
import type { Effect } from './effects.ts'
import type { SubmissionRow } from './records.ts'
import { mattersOf } from './sealed.ts'
import { addressOfAuthor } from './tell.ts'

/**
 * Takes away the name and every text of a sealed record, for good: its keys, so that nobody reads again what lies in
 * rows, cards, what was said and older copies of the database, and then the rows' texts themselves. Number, kind,
 * organisation, state and times stay, for figures. Where somebody else than the author does it, the author is told.
 */
export async function eraseRecord({
  trx,
  context,
  submission,
  part,
  now,
}: Effect): Promise<Partial<SubmissionRow>> {
  const { row } = submission
  const { id } = row
  if (!part.as.includes('author')) {
    const to = await addressOfAuthor(trx, submission)
    // Without the number: what lies open in the outbox must not lead from the account to the record.
    const card = textCard(translate(row.language, 'seal:erase.told'))
    const message = `submission:${context.sealer.tag(`erased ${id}`)}`
    if (to) await enqueue(trx, { id: message, to, card, lane: 'confirmation', now })
  }
  await eraseMatters(trx, context.sealer, mattersOf(id))
  for (const as of ['', 'agreement'] as const) await holdFiles(trx, context, row, [], as)
  await trx.updateTable('submission_history').set({ input: '' }).where('submission', '=', id).execute()
  await trx.updateTable('submission_comment').set({ text: '' }).where('submission', '=', id).execute()
  await trx.deleteFrom('submission_author').where('submission', '=', id).execute()
  await trx
    .updateTable('submission_review')
    .set({ opinion: null, interest: null })
    .where('submission', '=', id)
    .execute()
  const objections = trx.updateTable('submission_objection').where('submission', '=', id)
  await objections.set({ text: '' }).execute()
  // That it was answered stays, and not in what words.
  await objections.set({ settled: '' }).where('settled', 'is not', null).execute()
  return {
    ...{ subject: '', content: '', expected: null, author_sealed: '', author_tag: '' },
    // Its hash tells nothing, and whoever holds the code can still see that it is gone.
    ...{ proposed: null, published: null, erased_at: now.toISOString() },
  }
}
