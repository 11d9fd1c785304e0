import type { Account } from '../../../chat/incoming.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { actorOf, placeOf } from '../../../people/actor.ts'
import { can } from '../../../people/can.ts'
import { findPersonByAccount, type Reads } from '../../../people/people.ts'
import { type Campaign, readCampaign } from '../records.ts'

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
