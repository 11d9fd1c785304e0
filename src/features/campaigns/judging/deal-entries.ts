import { dayInChina } from '../../../knowledge/library/day.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { membershipsInForce } from '../../../people/memberships.ts'
import type { Reads } from '../../../people/people.ts'
import { inPieces } from '../../../store/in-pieces.ts'
import type { Trx } from '../../../store/store.ts'
import { isOnLeave } from '../../../timers/calendar/leave.ts'
import { setTimer } from '../../../timers/set-timer.ts'
import type { TimerHandler } from '../../../timers/timers.ts'
import { type Doing, noteHistory } from '../history.ts'
import { type Campaign, readCampaign } from '../records.ts'
import { askTimer } from './ask-reviewers.ts'
import type { JudgingContext } from './context.ts'
import { type DealtEntry, type DealtReviewer, dealOut } from './deal.ts'
import { lockJudging, readJudging } from './judging-records.ts'
import { branchesOf, mustBeReviewed } from './keep-reviewers.ts'
import { setTelling } from './tell-organisers.ts'

/** Entries in one transaction: others write meanwhile. */
const batch = 300

export const dealTimer = 'campaigns.deal'

/** How entries would be dealt out now. */
export interface DealPlan {
  /** Entries that have fewer reviewers than they should. */
  entries: number
  /** Reviews that are missing. */
  wanted: number
  reviewers: number
  /** Names of those who get nothing since they are on leave. */
  onLeave: string[]
}

/** What dealing out would do, for the preview. */
export async function planDeal(db: Reads, { row }: Campaign, now: Date): Promise<DealPlan> {
  const { count, asked } = await db
    .selectFrom('campaign_entry')
    .select(({ fn }) => [fn.countAll().as('count'), fn.sum('asked').as('asked')])
    .where('campaign', '=', row.id)
    .where('state', '=', 'in')
    .where('asked', '<', row.reviewers_each)
    .executeTakeFirstOrThrow()
  const reviewers = await reviewersIn(db, row.id)
  const onLeave: string[] = []
  for (const { person, name } of reviewers) {
    if (await isOnLeave(db, person, dayInChina(now))) onLeave.push(name)
  }
  const entries = Number(count)
  const wanted = entries * row.reviewers_each - Number(asked ?? 0)
  return { entries, wanted, reviewers: reviewers.length - onLeave.length, onLeave }
}

/** Deals out what has too few reviewers. Throws PlainError where there is nobody to review, or nothing. */
export async function beginDeal(trx: Trx, campaign: Campaign, doing: Doing): Promise<void> {
  const { row } = campaign
  mustBeReviewed(campaign, (await lockJudging(trx, row.id)).ended_at)
  const { entries, reviewers } = await planDeal(trx, campaign, doing.now)
  if (entries === 0) throw new PlainError('judging:refused.all-dealt')
  if (reviewers === 0) throw new PlainError('judging:refused.nobody-there')
  await noteHistory(trx, row.id, 'dealt', { entries: String(entries) }, doing)
  await setNext(trx, { campaign: row.id, after: '', since: doing.now.toISOString() }, doing.now)
}

async function setNext(
  trx: Trx,
  payload: { campaign: string; after: string; since: string },
  now: Date,
): Promise<void> {
  const { campaign } = payload
  await setTimer(trx, { id: `${dealTimer}:${campaign}`, kind: dealTimer, payload, at: now, now })
}

/** The next entries in the order of their ids, until none is left; then the reviewers are asked. */
export function dealing(context: JudgingContext): TimerHandler {
  return async (trx, { campaign: id = '', after = '', since = '' }, now) => {
    const campaign = await readCampaign(trx, id)
    if (!campaign || (await readJudging(trx, id))?.ended_at !== null) return
    if (!['open', 'reviewing'].includes(campaign.row.state)) return
    const rows = await trx
      .selectFrom('campaign_entry')
      .select(['submission', 'organisation', 'asked'])
      .where('campaign', '=', id)
      .where('state', '=', 'in')
      .where('asked', '<', campaign.row.reviewers_each)
      .where('submission', '>', after)
      .orderBy('submission')
      .limit(batch)
      .execute()
    const last = rows.at(-1)
    if (last) await dealSome(trx, context, { campaign, rows }, now)
    if (last && rows.length === batch)
      return setNext(trx, { campaign: id, after: last.submission, since }, now)
    await askAll(trx, campaign, since, now)
    await setTelling(trx, campaign, now)
  }
}

interface Batch {
  campaign: Campaign
  rows: readonly { submission: string; organisation: string | null; asked: number }[]
}

async function dealSome(
  trx: Trx,
  { submissions }: Pick<JudgingContext, 'submissions'>,
  { campaign, rows }: Batch,
  now: Date,
): Promise<void> {
  const { id, reviewers_each: each } = campaign.row
  const ids = rows.map(({ submission }) => submission)
  const records = new Map((await submissions.records(trx, ids, 'zh-CN')).map((record) => [record.id, record]))
  const barred = await barredFrom(trx, id, ids)
  const branchOf = await branchesOf(trx, campaign)
  const entries = rows.flatMap(({ submission, organisation, asked }): DealtEntry[] => {
    const record = records.get(submission)
    // What was erased is reviewed by nobody.
    if (!record) return []
    return [
      {
        ...{ id: submission, people: new Set(record.people), branch: branchOf(organisation) },
        ...{ barred: barred.get(submission) ?? new Set(), wanted: each - asked },
      },
    ]
  })
  const { asks } = dealOut(entries, await readReviewers(trx, campaign, now))
  for (const piece of inPieces(asks)) {
    await trx
      .insertInto('campaign_review')
      .values(piece.map(({ entry, reviewer }) => newReview(id, entry, reviewer, now)))
      .execute()
  }
  const counts = Map.groupBy([...Map.groupBy(asks, ({ entry }) => entry)], ([, theirs]) => theirs.length)
  for (const [count, dealt] of counts) {
    await trx
      .updateTable('campaign_entry')
      .set((set) => ({ asked: set('asked', '+', count) }))
      .where('campaign', '=', id)
      .where(
        'submission',
        'in',
        dealt.map(([entry]) => entry),
      )
      .execute()
  }
}

/** A review that somebody is asked for. */
export function newReview(campaign: string, submission: string, reviewer: string, now: Date) {
  return {
    ...{ campaign, submission, reviewer, state: 'asked' as const, scores: null, total: null },
    ...{ opinion: '', asked_at: now.toISOString(), given_at: null },
  }
}

async function barredFrom(
  trx: Trx,
  campaign: string,
  submissions: readonly string[],
): Promise<Map<string, Set<string>>> {
  const rows = await trx
    .selectFrom('campaign_review')
    .select(['submission', 'reviewer'])
    .where('campaign', '=', campaign)
    .where('submission', 'in', submissions)
    .execute()
  const barred = new Map<string, Set<string>>()
  for (const { submission, reviewer } of rows) {
    barred.set(submission, (barred.get(submission) ?? new Set()).add(reviewer))
  }
  return barred
}

/** Who reviews today, with their branches and how many reviews they have. */
async function readReviewers(trx: Trx, campaign: Campaign, now: Date): Promise<DealtReviewer[]> {
  const loads = await trx
    .selectFrom('campaign_review')
    .select('reviewer')
    .select(({ fn }) => fn.countAll().as('count'))
    .where('campaign', '=', campaign.row.id)
    .where('state', 'in', ['asked', 'given'])
    .groupBy('reviewer')
    .execute()
  const branchOf = await branchesOf(trx, campaign)
  const today = dayInChina(now)
  const there: DealtReviewer[] = []
  for (const { person } of await reviewersIn(trx, campaign.row.id)) {
    if (await isOnLeave(trx, person, today)) continue
    const memberships = await membershipsInForce(trx, person, today)
    const branches = memberships.flatMap(({ organisation }) => branchOf(organisation) ?? [])
    const load = Number(loads.find(({ reviewer }) => reviewer === person)?.count ?? 0)
    there.push({ person, branches: new Set(branches), load })
  }
  return there
}

async function reviewersIn(db: Reads, campaign: string): Promise<{ person: string; name: string }[]> {
  return db
    .selectFrom('campaign_reviewer')
    .innerJoin('person', 'person.id', 'campaign_reviewer.person')
    .select(['campaign_reviewer.person', 'person.name'])
    .where('campaign', '=', campaign)
    .where('campaign_reviewer.state', '=', 'in')
    .orderBy('campaign_reviewer.person')
    .execute()
}

/** Everybody who got something to review is asked, when they next work. */
async function askAll(trx: Trx, { row }: Campaign, since: string, now: Date): Promise<void> {
  const asked = await trx
    .selectFrom('campaign_review')
    .select('reviewer')
    .distinct()
    .where('campaign', '=', row.id)
    .where('state', '=', 'asked')
    .where('asked_at', '>=', since)
    .orderBy('reviewer')
    .execute()
  for (const { reviewer } of asked) await setAsk(trx, row, reviewer, now)
}

/** Somebody is asked when they next work. */
export async function setAsk(
  trx: Trx,
  { id, organisation }: Campaign['row'],
  reviewer: string,
  now: Date,
): Promise<void> {
  await setTimer(trx, {
    ...{ id: `${askTimer}:${id}:${reviewer}`, kind: askTimer },
    payload: { campaign: id, reviewer, since: now.toISOString() },
    ...{ after: { workingHours: 0 }, organisation, person: reviewer, now },
  })
}
