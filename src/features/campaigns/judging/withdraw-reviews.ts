import { enqueue } from '../../../delivery/outbox.ts'
import { addressesOf } from '../../../people/address.ts'
import { readPerson } from '../../../people/people.ts'
import type { Trx } from '../../../store/store.ts'
import { setTimer } from '../../../timers/set-timer.ts'
import type { TimerHandler } from '../../../timers/timers.ts'
import { type Campaign, readCampaign } from '../records.ts'
import type { JudgingContext } from './context.ts'
import { withdrawnCard } from './review-cards.ts'
import { endIfDone } from './review-reminders.ts'

const withdrawTimer = 'campaigns.withdraw'

/** The campaign is over: what is open of its reviews is withdrawn by itself, since there may be very many. */
export async function setWithdrawal(trx: Trx, campaign: string, now: Date): Promise<void> {
  const payload = { campaign }
  await setTimer(trx, { id: `${withdrawTimer}:${campaign}`, kind: withdrawTimer, payload, at: now, now })
}

export function withdrawTimers(context: JudgingContext): Record<string, TimerHandler> {
  return {
    async [withdrawTimer](trx, { campaign: id = '' }, now) {
      const campaign = await readCampaign(trx, id)
      const isOver = campaign?.row.state === 'closed' || campaign?.row.state === 'cancelled'
      if (campaign && isOver) await withdrawReviews(trx, context, campaign, { now })
    },
  }
}

/**
 * What reviewers have open is not wanted any more, of some of them, of one entry, or of all: each is told once, and nobody
 * is reminded of it.
 * @returns How many reviews.
 */
export async function withdrawReviews(
  trx: Trx,
  context: Pick<JudgingContext, 'reminders'>,
  { row }: Pick<Campaign, 'row'>,
  { reviewers, submission, now }: { reviewers?: readonly string[]; submission?: string; now: Date },
): Promise<number> {
  let open = trx
    .updateTable('campaign_review')
    .set({ state: 'withdrawn' })
    .where('campaign', '=', row.id)
    .where('state', '=', 'asked')
  if (reviewers) open = open.where('reviewer', 'in', reviewers)
  if (submission !== undefined) open = open.where('submission', '=', submission)
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
    .$if(submission !== undefined, (query) => query.where('submission', '=', submission ?? ''))
    .execute()
  const theirs = Map.groupBy(withdrawn, ({ reviewer }) => reviewer)
  const addresses = await addressesOf(trx, [...theirs.keys()])
  for (const [reviewer, { length: count }] of theirs) {
    await endIfDone(trx, context, { campaign: row.id, reviewer }, now)
    const to = addresses.get(reviewer)
    const person = await readPerson(trx, reviewer)
    if (!to || !person) continue
    const id = `campaign ${row.id} withdrawn ${submission ?? ''} ${reviewer} ${now.toISOString()}`
    const card = withdrawnCard({ row }, count, person.language)
    await enqueue(trx, { id, to, card, lane: 'reminder', now })
  }
  return withdrawn.length
}
