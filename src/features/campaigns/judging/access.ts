import type { Account } from '../../../chat/incoming.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { actorOf, placeOf } from '../../../people/actor.ts'
import { can } from '../../../people/can.ts'
import { findPersonByAccount, type Reads } from '../../../people/people.ts'
import { type Campaign, readCampaign } from '../records.ts'
import { readJudging } from './judging-records.ts'

type Right = 'campaign.view' | 'campaign.make' | 'campaign.decide'

/** Who pressed or typed. Throws PlainError for a guest. */
export async function personOf(db: Reads, account: Account): Promise<string> {
  const person = await findPersonByAccount(db, account)
  if (!person) throw new PlainError('judging:sign-in')
  return person.id
}

/** Whether somebody may do this to a campaign today. */
export async function may(
  db: Reads,
  right: Right,
  { row }: Campaign,
  { person, now }: { person: string; now: Date },
): Promise<boolean> {
  return can(await actorOf(db, person, dayInChina(now)), right, await placeOf(db, row.organisation))
}

/** The campaign by id. Throws PlainError where there is none, or somebody has no right to this. */
export async function campaignFor(
  db: Reads,
  right: Right,
  id: string | undefined,
  who: { person: string; now: Date },
): Promise<Campaign> {
  const campaign = await readCampaign(db, id ?? '')
  if (!campaign) throw new PlainError('judging:gone')
  if (!(await may(db, right, campaign, who))) throw new PlainError('judging:not-yours')
  return campaign
}

/** Whether somebody runs a campaign: makes it, or decides about it. To take part in it, or to review, is not enough. */
export async function runs(
  db: Reads,
  campaign: Campaign,
  who: { person: string; now: Date },
): Promise<boolean> {
  return (await may(db, 'campaign.make', campaign, who)) || (await may(db, 'campaign.decide', campaign, who))
}

/** Whether somebody reviews a campaign without knowing whose the entries are, and could still give or change a score. */
async function reviewsBlind(db: Reads, { row }: Campaign, person: string): Promise<boolean> {
  if (row.blind !== 1 || (row.state !== 'open' && row.state !== 'reviewing')) return false
  if ((await readJudging(db, row.id))?.ended_at != null) return false
  const reviewer = await db
    .selectFrom('campaign_reviewer')
    .select('person')
    .where('campaign', '=', row.id)
    .where('person', '=', person)
    .where('state', '=', 'in')
    .executeTakeFirst()
  if (reviewer) return true
  // Whoever is a reviewer no more may still correct what they gave.
  const review = await db
    .selectFrom('campaign_review')
    .select('submission')
    .where('campaign', '=', row.id)
    .where('reviewer', '=', person)
    .where('state', 'in', ['asked', 'given'])
    .limit(1)
    .executeTakeFirst()
  return review !== undefined
}

/** Whether somebody may read whose the entries are, how they are scored and who objected: whoever runs it, unless they review it blind. */
export async function mayReadEntries(
  db: Reads,
  campaign: Campaign,
  who: { person: string; now: Date },
): Promise<boolean> {
  return (await runs(db, campaign, who)) && !(await reviewsBlind(db, campaign, who.person))
}

/** As `mayReadEntries`. Throws PlainError where it is not so. */
export async function mustReadEntries(
  db: Reads,
  campaign: Campaign,
  who: { person: string; now: Date },
): Promise<void> {
  if (!(await runs(db, campaign, who))) throw new PlainError('judging:not-yours')
  if (await reviewsBlind(db, campaign, who.person)) {
    throw new PlainError('judging:refused.blind', { number: campaign.row.number })
  }
}
