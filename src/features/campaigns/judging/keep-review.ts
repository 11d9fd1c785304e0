import { dayInChina } from '../../../knowledge/library/day.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { translate } from '../../../messages/translate.ts'
import type { Trx } from '../../../store/store.ts'
import { isOnLeave } from '../../../timers/calendar/leave.ts'
import type { Rubric } from '../../submissions/port.ts'
import { mostPoints } from '../../submissions/port.ts'
import { noteHistory } from '../history.ts'
import { type Campaign, readCampaign } from '../records.ts'
import type { JudgingContext } from './context.ts'
import { newReview, setAsk } from './deal-entries.ts'
import { givenScores } from './given-scores.ts'
import { countOpenReviews, findReview, type ReviewRow, readJudging } from './judging-records.ts'
import { addReviewers, mustBeReviewed } from './keep-reviewers.ts'
import { endIfDone } from './review-reminders.ts'
import { scoreEntry } from './score.ts'
import { setTellingComplete } from './tell-organisers.ts'

/** Which review, and whose. */
export interface ReviewOf {
  campaign: string
  submission: string
  reviewer: string
}

/** The campaign and the review that somebody was asked for. Throws PlainError where they were not, or it is over. */
export async function ownReview(trx: Trx, of: ReviewOf): Promise<{ campaign: Campaign; review: ReviewRow }> {
  const campaign = await readCampaign(trx, of.campaign)
  const review = await findReview(trx, of)
  if (!campaign || !review) throw new PlainError('judging:gone')
  if (review.state === 'declined' || review.state === 'withdrawn') {
    throw new PlainError('judging:refused.not-asked')
  }
  mustBeReviewed(campaign, (await readJudging(trx, of.campaign))?.ended_at ?? null)
  const entry = await trx
    .selectFrom('campaign_entry')
    .select('state')
    .where('campaign', '=', of.campaign)
    .where('submission', '=', of.submission)
    .executeTakeFirst()
  // What was taken out is not scored any more, not even corrected.
  if (entry?.state !== 'in') throw new PlainError('judging:refused.not-asked')
  return { campaign, review }
}

/**
 * Keeps what somebody gives an entry, for the first time or corrected. Throws PlainError where it is their own, points lie
 * outside of what a criterion has, or an opinion is missing.
 * @param scores Points by criterion, one decimal at most.
 */
export async function giveReview(
  trx: Trx,
  context: JudgingContext,
  of: ReviewOf,
  { scores, opinion }: { scores: Readonly<Record<string, unknown>>; opinion: string },
  now: Date,
): Promise<{ campaign: Campaign; total: number }> {
  const { campaign, review } = await ownReview(trx, of)
  await mustBeStranger(trx, context, of)
  const points = checkedPoints(campaign.rubric, scores)
  const total = Math.round(Object.values(points).reduce((sum, one) => sum + one, 0) * 1000)
  if (opinion.trim() === '' && wantsOpinion(campaign.rubric, total / 1000, context.settings.opinionAbove)) {
    throw new PlainError('judging:refused.opinion')
  }
  await lockEntry(trx, of)
  await trx
    .updateTable('campaign_review')
    .set({
      ...{ state: 'given', scores: JSON.stringify(points), total, opinion: opinion.trim() },
      given_at: now.toISOString(),
    })
    .where('campaign', '=', of.campaign)
    .where('submission', '=', of.submission)
    .where('reviewer', '=', of.reviewer)
    .execute()
  await recount(trx, context, campaign, of.submission)
  await endIfDone(trx, context, of, now)
  // A correction is no news.
  if (review.state === 'asked') await tellIfComplete(trx, campaign, now)
  return { campaign, total }
}

/** A form is filled in by whoever has it open: what it sends is checked against the rubric as it stands. */
function checkedPoints(rubric: Rubric, scores: Readonly<Record<string, unknown>>): Record<string, number> {
  return Object.fromEntries(
    rubric.criteria.map(({ name, title, most }) => {
      const points = scores[name]
      const isRight = typeof points === 'number' && points >= 0 && points <= most
      // More decimals would tell scores apart by nothing that anybody meant.
      if (!isRight || Math.round(points * 10) !== Number((points * 10).toFixed(6))) {
        throw new PlainError('judging:refused.points', { criterion: title['zh-CN'], most })
      }
      return [name, points]
    }),
  )
}

/** Whether so many points are to be explained. */
export function wantsOpinion(
  rubric: Pick<Rubric, 'criteria' | 'opinionBelow'>,
  points: number,
  above: number,
): boolean {
  const share = (points / mostPoints(rubric)) * 100
  return share < rubric.opinionBelow || share > above
}

/** Throws PlainError where somebody is to judge what is their own. */
async function mustBeStranger(
  trx: Trx,
  { submissions }: Pick<JudgingContext, 'submissions'>,
  { submission, reviewer }: Pick<ReviewOf, 'submission' | 'reviewer'>,
): Promise<void> {
  const [record] = await submissions.records(trx, [submission], 'zh-CN')
  if (!record) throw new PlainError('judging:gone')
  if (record.people.includes(reviewer)) throw new PlainError('judging:refused.own')
}

/** An interest in it: they have no part in it any more. Throws PlainError as `ownReview` does. */
export async function declineReview(
  trx: Trx,
  context: JudgingContext,
  of: ReviewOf,
  reason: string,
  now: Date,
): Promise<Campaign> {
  const { campaign } = await ownReview(trx, of)
  await lockEntry(trx, of)
  await leave(trx, of, 'declined', reason)
  await recount(trx, context, campaign, of.submission)
  await endIfDone(trx, context, of, now)
  await tellIfComplete(trx, campaign, now)
  const data = { submission: of.submission, reason }
  await noteHistory(trx, of.campaign, 'declined', data, { by: of.reviewer, now })
  return campaign
}

/**
 * Hands a review to somebody else, who becomes a reviewer of the campaign. Throws PlainError where it is theirs, they have
 * or declined it already, or are on leave.
 */
export async function handReview(
  trx: Trx,
  context: JudgingContext,
  of: ReviewOf,
  to: string,
  now: Date,
): Promise<Campaign> {
  const { campaign, review } = await ownReview(trx, of)
  if (review.state === 'given') throw new PlainError('judging:refused.given')
  await mustBeStranger(trx, context, { submission: of.submission, reviewer: to })
  if (await findReview(trx, { ...of, reviewer: to })) throw new PlainError('judging:refused.has-it')
  if (await isOnLeave(trx, to, dayInChina(now))) throw new PlainError('judging:refused.on-leave')
  await lockEntry(trx, of)
  await leave(trx, of, 'withdrawn', '')
  await addReviewers(trx, of.campaign, [to], now)
  await trx
    .insertInto('campaign_review')
    .values(newReview(of.campaign, of.submission, to, now))
    .execute()
  await endIfDone(trx, context, of, now)
  await setAsk(trx, campaign.row, to, now)
  await noteHistory(trx, of.campaign, 'handed', { submission: of.submission, to }, { by: of.reviewer, now })
  return campaign
}

async function leave(
  trx: Trx,
  of: ReviewOf,
  state: 'declined' | 'withdrawn',
  opinion: string,
): Promise<void> {
  await trx
    .updateTable('campaign_review')
    // What they had given does not count, and is not kept.
    .set({ state, scores: null, total: null, opinion, given_at: null })
    .where('campaign', '=', of.campaign)
    .where('submission', '=', of.submission)
    .where('reviewer', '=', of.reviewer)
    .execute()
}

/** Two reviews of one entry that come at once are counted one after the other. */
async function lockEntry(trx: Trx, { campaign, submission }: ReviewOf): Promise<void> {
  await trx
    .updateTable('campaign_entry')
    .set((set) => ({ given: set.ref('given') }))
    .where('campaign', '=', campaign)
    .where('submission', '=', submission)
    .execute()
}

/** Counts an entry's reviews again, so that standing and ranking are one read. */
async function recount(
  trx: Trx,
  { submissions }: Pick<JudgingContext, 'submissions'>,
  { row, rubric }: Campaign,
  submission: string,
): Promise<void> {
  const given = await givenScores(trx, row.id, submission)
  const { count } = await trx
    .selectFrom('campaign_review')
    .select(({ fn }) => fn.countAll().as('count'))
    .where('campaign', '=', row.id)
    .where('submission', '=', submission)
    .where('state', 'in', ['asked', 'given'])
    .executeTakeFirstOrThrow()
  const { score, criteria } = scoreEntry(rubric, given)
  const [record] = await submissions.records(trx, [submission], 'zh-CN')
  await trx
    .updateTable('campaign_entry')
    .set({
      ...{ asked: Number(count), given: given.length, score, criteria: JSON.stringify(criteria) },
      benefit: record?.benefit ?? null,
    })
    .where('campaign', '=', row.id)
    .where('submission', '=', submission)
    .execute()
}

async function tellIfComplete(trx: Trx, campaign: Campaign, now: Date): Promise<void> {
  if (campaign.row.state !== 'reviewing' || (await countOpenReviews(trx, campaign.row.id)) > 0) return
  await setTellingComplete(trx, campaign, now)
}

/** The sum as people read it with what there is at most: 84.5/100. */
export function pointsText(
  language: 'zh-CN' | 'en',
  total: number,
  rubric: Pick<Rubric, 'criteria'>,
): string {
  return translate(language, 'judging:review.points', { points: total / 1000, most: mostPoints(rubric) })
}
