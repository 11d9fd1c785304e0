import type { Account } from '../../chat/incoming.ts'
import type { Click } from '../../conversation/feature.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { PlainError } from '../../messages/plain-error.ts'
import { actorOf, placeOf } from '../../people/actor.ts'
import { type Action, type Actor, can } from '../../people/can.ts'
import { findPersonByAccount, type Reads } from '../../people/people.ts'
import type { Campaign, CampaignRow } from './records.ts'

/** Who looks at campaigns or does something about them, with the roles held today. */
export interface Looker {
  person: string
  actor: Actor
  /** Day of China. */
  today: string
  now: Date
}

type CampaignAction = Extract<Action, `campaign.${string}`>

/** Throws PlainError for a guest. */
export async function lookerOf(db: Reads, who: Account | string | null, now: Date): Promise<Looker> {
  const person =
    who === null || typeof who === 'string' ? who : ((await findPersonByAccount(db, who))?.id ?? null)
  if (person === null) throw new PlainError('campaigns:sign-in')
  const today = dayInChina(now)
  return { person, actor: await actorOf(db, person, today), today, now }
}

/** Who pressed. Throws PlainError for a guest. */
export function presserOf({ trx, action, now }: Pick<Click, 'trx' | 'action' | 'now'>): Promise<Looker> {
  return lookerOf(trx, action.account, now)
}

/** Whether somebody may do this about campaigns of an organisation. */
export async function mayDo(
  db: Reads,
  { actor }: Pick<Looker, 'actor'>,
  action: CampaignAction,
  organisation: string,
): Promise<boolean> {
  return can(actor, action, await placeOf(db, organisation))
}

/** Throws PlainError where somebody may not do this about a campaign. */
export async function mustDo(
  db: Reads,
  looker: Pick<Looker, 'actor'>,
  action: CampaignAction,
  { organisation }: Pick<CampaignRow, 'organisation'>,
): Promise<void> {
  if (!(await mayDo(db, looker, action, organisation))) throw new PlainError('campaigns:not-yours')
}

/** Whether somebody may see a campaign: who oversees it, reviews it or has something in it, and, once it is open, all who may take part. */
export async function maySee(db: Reads, looker: Looker, { row, organisations }: Campaign): Promise<boolean> {
  if (await mayDo(db, looker, 'campaign.view', row.organisation)) return true
  const reviews = await db
    .selectFrom('campaign_reviewer')
    .select('person')
    .where('campaign', '=', row.id)
    .where('person', '=', looker.person)
    .executeTakeFirst()
  if (reviews) return true
  if (row.opened_at === null) return false
  for (const { organisation } of looker.actor.grants) {
    const { path } = await placeOf(db, organisation)
    if (path.includes(row.organisation) || organisations.some((id) => path.includes(id))) return true
  }
  const own = await db
    .selectFrom('campaign_entry')
    .select('submission')
    .where('campaign', '=', row.id)
    .where('author', '=', looker.person)
    .executeTakeFirst()
  return own !== undefined
}
