import type { Language } from '../../../chat/language.ts'
import type { Reads } from '../../../people/people.ts'
import { type Campaign, readCampaign } from '../records.ts'
import type { JudgingContext } from './context.ts'
import type { ReviewRow } from './judging-records.ts'
import { showEntries } from './shown-entry.ts'

/** Reviews on one card. */
export const reviewsOnPage = 5

/** A review as its reviewer sees it in a list. */
export interface OwnReview {
  campaign: Campaign
  submission: string
  name: string
  state: ReviewRow['state']
  /** Thousandths of a point; null: not given. */
  total: number | null
}

export interface OwnReviews {
  /** All there are. */
  count: number
  open: number
  from: number
  reviews: OwnReview[]
}

/** What somebody reviews in campaigns that are not over, open ones first. @param options.campaign Default: all. */
export async function listOwnReviews(
  db: Reads,
  context: Pick<JudgingContext, 'submissions'>,
  options: { reviewer: string; campaign?: string; open?: boolean; from?: number },
  language: Language,
): Promise<OwnReviews> {
  const { reviewer, campaign, open: onlyOpen = false, from = 0 } = options
  let query = db
    .selectFrom('campaign_review')
    .innerJoin('campaign', 'campaign.id', 'campaign_review.campaign')
    .innerJoin('campaign_entry', (join) =>
      join
        .onRef('campaign_entry.campaign', '=', 'campaign_review.campaign')
        .onRef('campaign_entry.submission', '=', 'campaign_review.submission'),
    )
    .where('campaign_entry.state', '=', 'in')
    .where('reviewer', '=', reviewer)
    .where('campaign_review.state', 'in', onlyOpen ? ['asked'] : ['asked', 'given'])
    .where('campaign.state', 'in', ['open', 'reviewing'])
  if (campaign !== undefined) query = query.where('campaign_review.campaign', '=', campaign)
  const counts = await query
    .select('campaign_review.state')
    .select(({ fn }) => fn.countAll().as('count'))
    .groupBy('campaign_review.state')
    .execute()
  const rows = await query
    .select(['campaign_review.campaign', 'campaign_review.submission', 'campaign_review.state', 'total'])
    .orderBy('campaign_review.state')
    .orderBy('asked_at')
    .orderBy('campaign_review.submission')
    .offset(from)
    .limit(reviewsOnPage)
    .execute()
  const reviews: OwnReview[] = []
  for (const [id, theirs] of Map.groupBy(rows, (row) => row.campaign)) {
    const found = await readCampaign(db, id)
    if (!found) continue
    const ids = theirs.map(({ submission }) => submission)
    const shown = await showEntries(db, context, found, ids, language)
    for (const { submission, state, total } of theirs) {
      const name = shown.get(submission)?.name
      if (name !== undefined) reviews.push({ campaign: found, submission, name, state, total })
    }
  }
  const of = (state: string) => Number(counts.find((one) => one.state === state)?.count ?? 0)
  return { count: of('asked') + of('given'), open: of('asked'), from, reviews }
}
