import { dayInChina } from '../../../knowledge/library/day.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import type { Trx } from '../../../store/store.ts'
import { addDays, type Day } from '../../../timers/calendar/day.ts'
import { cancelTimers, setTimer } from '../../../timers/set-timer.ts'
import type { CampaignsContext } from '../context.ts'
import { type Doing, lockCampaign, moveCampaign, noteHistory } from '../history.ts'
import { setWithdrawal } from '../judging/withdraw-reviews.ts'
import { postOrigin } from '../part.ts'
import { type Campaign, readCampaign } from '../records.ts'
import { audienceOfCampaign } from './audience.ts'
import { peopleIn } from './entries.ts'
import { keepOrganisations } from './keep-campaign.ts'
import { type CampaignAct, stateAfter } from './life.ts'
import { closingTimer, endTimer, midwayTimer, type Post, posts } from './post-names.ts'

type Sending = Pick<CampaignsContext, 'circulation'>

/** Which campaign, and the revision that was looked at; null: as it is. */
export interface Seen {
  id: string
  seen: number | null
}

/** Who does it; somebody, since a right is asked for. */
type Deed = Doing & { by: string }

/**
 * Begins a campaign: all hear of it, and it takes entries. Throws PlainError where its time is over, or where somebody may not
 * send to all who are to hear of it.
 */
export async function openCampaign(
  trx: Trx,
  { circulation }: Sending,
  { id, seen }: Seen,
  { today, ...doing }: Deed & { today: Day },
): Promise<Campaign> {
  const before = await lockCampaign(trx, id, seen)
  if (before.row.ends_on < today) throw new PlainError('campaigns:problem.over', { end: before.row.ends_on })
  const audience = await audienceOfCampaign(trx, before)
  await circulation.mustReach(trx, audience, doing)
  const campaign = await move(trx, before, 'open', { opened_at: doing.now.toISOString() }, {}, doing)
  const { organisation } = campaign.row
  const origin = postOrigin(id, 'opening' satisfies Post)
  await circulation.begin(trx, { origin, organisation, audience }, doing)
  await setClocks(trx, campaign, doing.now)
  return campaign
}

/** When it is told of again, and when entries end, by its days in China. */
async function setClocks(trx: Trx, { row }: Campaign, now: Date): Promise<void> {
  const { id, starts_on: starts, ends_on: ends } = row
  const days = (Date.parse(ends) - Date.parse(starts)) / 86_400_000
  const middle = addDays(starts, Math.floor(days / 2))
  const at = (day: Day, time: string) => new Date(`${day}T${time}:00+08:00`)
  const set = (kind: string, when: Date) =>
    setTimer(trx, { id: `${kind}:${id}`, kind, payload: { campaign: id }, at: when, now })
  // Of a few days there is no middle to speak of.
  if (days >= 4 && at(middle, '09:00') > now) await set(midwayTimer, at(middle, '09:00'))
  if (days >= 2 && at(addDays(ends, -1), '09:00') > now)
    await set(closingTimer, at(addDays(ends, -1), '09:00'))
  await set(endTimer, at(addDays(ends, 1), '00:00'))
}

async function stopClocks(trx: Trx, id: string): Promise<void> {
  await cancelTimers(
    trx,
    [midwayTimer, closingTimer, endTimer].map((kind) => `${kind}:${id}`),
  )
}

/** Says something to all who heard of the campaign. @param of Tells several of a kind apart. */
export async function postToAll(
  trx: Trx,
  { circulation }: Sending,
  campaign: Campaign,
  { post, of = '' }: { post: Post; of?: string },
  doing: Doing,
): Promise<void> {
  const audience = await audienceOfCampaign(trx, campaign)
  const { id, organisation } = campaign.row
  await circulation.begin(trx, { origin: postOrigin(id, post, of), organisation, audience }, doing)
}

/** Nothing takes part any more: what takes part is reviewed. By a timer, or before it by hand. */
export async function endEntries(trx: Trx, { id, seen }: Seen, doing: Doing): Promise<Campaign> {
  const before = await lockCampaign(trx, id, seen)
  await stopClocks(trx, id)
  const { starts_on: starts, ends_on: planned } = before.row
  const today = dayInChina(doing.now)
  const isEarly = doing.by !== null && today < planned
  // What is sent in on later days takes no part: the period ends with today.
  const ends = isEarly ? { ends_on: today < starts ? starts : today } : {}
  return move(trx, before, 'end-entries', ends, isEarly ? { planned } : {}, doing)
}

/** How many reviews were asked for and are not there. */
export async function openReviews(trx: Trx, campaign: string): Promise<number> {
  const { count } = await trx
    .selectFrom('campaign_review')
    .select(({ fn }) => fn.countAll<number | string>().as('count'))
    .where('campaign', '=', campaign)
    .where('state', '=', 'asked')
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** Ends a campaign. Throws PlainError where reviews are open and no reason says why they are not waited for. */
export async function closeCampaign(
  trx: Trx,
  { id, seen }: Seen,
  { reason }: { reason: string },
  doing: Deed,
): Promise<Campaign> {
  const before = await lockCampaign(trx, id, seen)
  const open = await openReviews(trx, id)
  if (open > 0 && reason.trim() === '') throw new PlainError('campaigns:reviews-open', { count: open })
  const ended = { ended_at: doing.now.toISOString() }
  const campaign = await move(trx, before, 'close', ended, { reason, open: String(open) }, doing)
  if (open > 0) await setWithdrawal(trx, id, doing.now)
  return campaign
}

/** Calls a campaign off: what has not gone out stays in, and whoever takes part learns why, as do the groups that heard of it. */
export async function cancelCampaign(
  trx: Trx,
  { circulation }: Sending,
  { id, seen }: Seen,
  { reason }: { reason: string },
  doing: Deed,
): Promise<Campaign> {
  const before = await lockCampaign(trx, id, seen)
  await stopClocks(trx, id)
  const ended = { ended_at: doing.now.toISOString() }
  const campaign = await move(trx, before, 'cancel', ended, { reason }, doing)
  if (before.row.opened_at === null) return campaign
  await setWithdrawal(trx, id, doing.now)
  for (const post of posts) await circulation.stop(trx, postOrigin(id, post), doing.now)
  const { chats } = await audienceOfCampaign(trx, campaign)
  const people = await peopleIn(trx, id)
  if (chats.length + people.length === 0) return campaign
  const origin = postOrigin(id, 'cancelled' satisfies Post)
  const { organisation } = campaign.row
  await circulation.begin(trx, { origin, organisation, audience: { chats, people, members: [] } }, doing)
  return campaign
}

/** What may be changed while a campaign runs. */
export interface CampaignChange {
  endsOn: Day
  organisations: readonly string[]
  note: string
}

/** Changes until when it runs and who takes part; all hear of it. Throws PlainError where it does not run any more. */
export async function changeOpen(
  trx: Trx,
  context: Sending,
  { id, seen }: Seen,
  { endsOn, organisations, note }: CampaignChange,
  { today, ...doing }: Deed & { today: Day },
): Promise<Campaign> {
  const before = await lockCampaign(trx, id, seen)
  const { row } = before
  if (row.state !== 'open') throw new PlainError('campaigns:not-now', { number: row.number })
  if (endsOn < row.starts_on) {
    throw new PlainError('campaigns:problem.end-before-start', { start: row.starts_on, end: endsOn })
  }
  if (endsOn < today) throw new PlainError('campaigns:problem.over', { end: endsOn })
  await keepOrganisations(trx, id, organisations)
  const changed = await moveCampaign(trx, (await readCampaign(trx, id))!, { ends_on: endsOn })
  await context.circulation.mustReach(trx, await audienceOfCampaign(trx, changed), doing)
  const data = { from: row.ends_on, ends: endsOn, note }
  await noteHistory(trx, id, 'changed', data, doing)
  await stopClocks(trx, id)
  await setClocks(trx, changed, doing.now)
  const of = String(changed.row.revision)
  await postToAll(trx, context, changed, { post: 'changed', of }, doing)
  return changed
}

async function move(
  trx: Trx,
  before: Campaign,
  act: CampaignAct,
  set: Parameters<typeof moveCampaign>[2],
  data: Readonly<Record<string, string>>,
  doing: Doing,
): Promise<Campaign> {
  const state = stateAfter(before.row.state, act)
  if (state === null) throw new PlainError('campaigns:not-now', { number: before.row.number })
  const campaign = await moveCampaign(trx, before, { ...set, state })
  await noteHistory(trx, campaign.row.id, state, data, doing)
  return campaign
}
