import type { Trx } from '../../../store/store.ts'
import type { Campaign } from '../records.ts'
import type { JudgingContext } from './context.ts'
import { endReviewReminder } from './review-reminders.ts'

/**
 * What reviewers have open is not wanted any more, of some or of all; nobody is reminded of it.
 * @returns How many reviews.
 */
export async function withdrawReviews(
  trx: Trx,
  context: Pick<JudgingContext, 'reminders'>,
  { row }: Pick<Campaign, 'row'>,
  { reviewers, now }: { reviewers?: readonly string[]; now: Date },
): Promise<number> {
  let open = trx
    .updateTable('campaign_review')
    .set({ state: 'withdrawn' })
    .where('campaign', '=', row.id)
    .where('state', '=', 'asked')
  if (reviewers) open = open.where('reviewer', 'in', reviewers)
  const withdrawn = await open.returning(['submission', 'reviewer']).execute()
  if (withdrawn.length === 0) return 0
  // What is left of those that were asked is what was given; counted again for the whole campaign in one statement.
  await trx
    .updateTable('campaign_entry')
    .set(({ selectFrom }) => ({
      asked: selectFrom('campaign_review')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .whereRef('campaign_review.campaign', '=', 'campaign_entry.campaign')
        .whereRef('campaign_review.submission', '=', 'campaign_entry.submission')
        .where('campaign_review.state', 'in', ['asked', 'given']),
    }))
    .where('campaign', '=', row.id)
    .execute()
  for (const reviewer of new Set(withdrawn.map((one) => one.reviewer))) {
    await endReviewReminder(trx, context, { campaign: row.id, reviewer }, now)
  }
  return withdrawn.length
}
