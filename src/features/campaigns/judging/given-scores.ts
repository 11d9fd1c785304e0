import type { Reads } from '../../../people/people.ts'
import type { GivenScore } from './score.ts'

/** What was given to an entry, by reviewer. */
export async function givenScores(
  db: Reads,
  campaign: string,
  submission: string,
): Promise<(GivenScore & { opinion: string })[]> {
  const rows = await db
    .selectFrom('campaign_review')
    .select(['reviewer', 'total', 'scores', 'opinion'])
    .where('campaign', '=', campaign)
    .where('submission', '=', submission)
    .where('state', '=', 'given')
    .orderBy('reviewer')
    .execute()
  return rows.map(({ reviewer, total, scores, opinion }) => ({
    ...{ reviewer, opinion, total: total ?? 0 },
    scores: JSON.parse(scores ?? '{}') as Record<string, number>,
  }))
}
