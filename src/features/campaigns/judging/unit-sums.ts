import type { Language } from '../../../chat/language.ts'
import { translate } from '../../../messages/translate.ts'
import type { Reads } from '../../../people/people.ts'
import { mostPoints } from '../../submissions/port.ts'
import type { Campaign } from '../records.ts'
import type { AwardRow } from './judging-records.ts'
import { branchesOf } from './keep-reviewers.ts'
import { pointsOf } from './score.ts'

/** What the entries of a unit come to, as awards for units count them: above the floor of the award, if it has one. */
export async function unitSum(
  db: Reads,
  campaign: Campaign,
  { award, organisation }: Pick<AwardRow, 'award' | 'organisation'>,
  language: Language,
): Promise<string> {
  const kind = campaign.awards.find(({ name }) => name === award)
  // Scores are thousandths of a point, the floor hundredths of all points.
  const floor = (kind?.leastPoints ?? 0) * mostPoints(campaign.rubric) * 10
  let asked = db
    .selectFrom('campaign_entry')
    .select(({ fn }) => [
      'organisation',
      fn.countAll<number | string>().as('count'),
      fn.sum<number | string | null>('score').as('score'),
      fn.sum<number | string | null>('benefit').as('benefit'),
    ])
    .where('campaign', '=', campaign.row.id)
    .where('state', '=', 'in')
    .groupBy('organisation')
  if (floor > 0) asked = asked.where('score', '>=', floor)
  const branchOf = await branchesOf(db, campaign)
  const sums = { count: 0, score: 0, benefit: 0 }
  for (const row of await asked.execute()) {
    // Whoever belongs to no branch of the organiser counts for where they are.
    if ((branchOf(row.organisation) ?? row.organisation) !== organisation) continue
    sums.count += Number(row.count)
    sums.score += Number(row.score ?? 0)
    sums.benefit += Number(row.benefit ?? 0)
  }
  const { count, score, benefit } = sums
  const key = kind?.by === 'benefit' ? 'judging:awards.unit-benefit' : 'judging:awards.unit-score'
  return translate(language, key, { count, points: pointsOf(score), yuan: benefit })
}
