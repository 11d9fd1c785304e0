import { randomUUID } from 'node:crypto'
import { enqueue } from '../../../delivery/outbox.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { addressOf } from '../../../people/address.ts'
import { peopleOfAudience } from '../../../people/audience.ts'
import { type Reads, readPerson } from '../../../people/people.ts'
import { houseOfPerson } from '../../../people/reach.ts'
import type { Trx } from '../../../store/store.ts'
import { addDays } from '../../../timers/calendar/day.ts'
import { readWorkCalendar } from '../../../timers/calendar/work-calendar.ts'
import { countWorkingDays, workingDayAfter } from '../../../timers/calendar/working-days.ts'
import { cancelTimer, setTimer } from '../../../timers/set-timer.ts'
import type { TimerHandler } from '../../../timers/timers.ts'
import { type Doing, moveCampaign, noteHistory } from '../history.ts'
import { audienceOfCampaign } from '../making/audience.ts'
import { postOrigin } from '../part.ts'
import { type Campaign, readCampaign } from '../records.ts'
import { noticeOverCard, objectionCard, settledCard } from './award-cards.ts'
import type { JudgingContext } from './context.ts'
import { awardsOf, lockJudging, type ObjectionRow, objectionsOf, readJudging } from './judging-records.ts'

const noticeTimer = 'campaigns.notice-end'
const timerOf = (campaign: string) => `${noticeTimer}:${campaign}`

/** Names of what judging sends to all. */
export const noticePost = 'award-notice'
export const resultsPost = 'results'

/**
 * Puts the awards on notice (公示): all who heard of the campaign read them, and may object. Throws PlainError where nothing
 * is proposed, reviewing has not ended, or somebody may not send to all of them.
 * @param days Working days after today.
 */
export async function beginNotice(
  trx: Trx,
  { circulation }: Pick<JudgingContext, 'circulation'>,
  campaign: Campaign,
  days: number,
  { by, now }: Doing & { by: string },
): Promise<void> {
  const { id, organisation } = campaign.row
  const judging = await lockJudging(trx, id)
  if (campaign.row.state !== 'reviewing' || judging.ended_at === null) {
    throw new PlainError('judging:refused.review-first')
  }
  if ((await awardsOf(trx, id)).length === 0) throw new PlainError('judging:refused.no-awards')
  const audience = await audienceOfCampaign(trx, campaign)
  await circulation.mustReach(trx, audience, { by, now })
  await circulation.begin(trx, { origin: postOrigin(id, noticePost), organisation, audience }, { by, now })
  await moveCampaign(trx, campaign, { state: 'notice' })
  const until = await endAfter(trx, campaign, days, now)
  await setEnd(trx, id, until, now)
  await noteHistory(trx, id, 'notice', { until: dayInChina(until) }, { by, now })
}

/** The end of the n-th working day of the organisation after today. */
async function endAfter(trx: Trx, { row }: Campaign, days: number, now: Date): Promise<Date> {
  const today = dayInChina(now)
  const calendar = await readWorkCalendar(trx, { organisation: row.organisation, person: null }, today)
  const last = workingDayAfter(calendar, today, days).day
  return new Date(`${addDays(last, 1)}T00:00:00+08:00`)
}

/** Working days of a notice that were left when an objection stopped it. */
async function daysLeft(trx: Trx, { row }: Campaign, stopped: Date, until: Date): Promise<number> {
  const [from, last] = [dayInChina(stopped), dayInChina(new Date(until.getTime() - 1))]
  if (last <= from) return 0
  const calendar = await readWorkCalendar(trx, { organisation: row.organisation, person: null }, from)
  return countWorkingDays(calendar, addDays(from, 1), last).days
}

async function setEnd(trx: Trx, campaign: string, until: Date, now: Date): Promise<void> {
  await trx
    .updateTable('campaign_judging')
    .set({ notice_until: until.toISOString(), stopped_at: null })
    .where('campaign', '=', campaign)
    .execute()
  await setTimer(trx, { id: timerOf(campaign), kind: noticeTimer, payload: { campaign }, at: until, now })
}

/**
 * Somebody objects to what is on notice: its days stand still until all objections are settled. Throws PlainError where it
 * is not on notice, they do not belong to the house, or have objected before and wait or say the same.
 */
export async function objectTo(
  trx: Trx,
  campaign: Campaign,
  { person, text }: { person: string; text: string },
  now: Date,
): Promise<ObjectionRow> {
  const { id, row } = { id: campaign.row.id, row: campaign.row }
  const judging = await lockJudging(trx, id)
  const isOver = judging.stopped_at === null && (judging.notice_until ?? '') <= now.toISOString()
  if (row.state !== 'notice' || isOver) throw new PlainError('judging:refused.not-on-notice')
  if (!(await houseOfPerson(trx, person, dayInChina(now))).includes(row.organisation)) {
    throw new PlainError('judging:refused.not-of-house')
  }
  await mustBeNew(trx, id, person, text.trim())
  const made: ObjectionRow = {
    ...{ id: randomUUID(), campaign: id, person, text: text.trim(), state: 'open', reason: '' },
    ...{ made_at: now.toISOString(), settled_by: null, settled_at: null },
  }
  await trx.insertInto('campaign_objection').values(made).execute()
  if (judging.stopped_at === null) {
    await trx
      .updateTable('campaign_judging')
      .set({ stopped_at: now.toISOString() })
      .where('campaign', '=', id)
      .execute()
    await cancelTimer(trx, timerOf(id))
  }
  await noteHistory(trx, id, 'objected', {}, { by: person, now })
  for (const one of await decidersOf(trx, campaign, now)) {
    if (one === person) continue
    await tell(trx, one, `campaign ${id} objection ${made.id} ${one}`, now, (language) =>
      objectionCard(campaign, made, language),
    )
  }
  return made
}

/** Throws PlainError where somebody waits for an answer already, or was given one to the same words. */
async function mustBeNew(trx: Trx, campaign: string, person: string, text: string): Promise<void> {
  const theirs = (await objectionsOf(trx, campaign)).filter((one) => one.person === person)
  if (theirs.some(({ state }) => state === 'open')) throw new PlainError('judging:refused.objected')
  if (theirs.some((one) => one.text === text)) throw new PlainError('judging:refused.objected-before')
}

/**
 * Settles an objection, with a reason that whoever objected reads. Where it was the last one the notice goes on for as long
 * as it stood still. Throws PlainError where it is settled already, or is one's own.
 */
export async function settleObjection(
  trx: Trx,
  campaign: Campaign,
  { objection: wanted, upheld, reason }: { objection: string; upheld: boolean; reason: string },
  { by, now }: Doing & { by: string },
): Promise<void> {
  const { id } = campaign.row
  const judging = await lockJudging(trx, id)
  const all = await objectionsOf(trx, id)
  const objection = all.find((one) => one.id === wanted)
  if (!objection) throw new PlainError('judging:gone')
  if (objection.state !== 'open') throw new PlainError('judging:refused.settled')
  if (objection.person === by) throw new PlainError('judging:refused.own-objection')
  const settled = {
    ...{ state: upheld ? ('upheld' as const) : ('rejected' as const), reason: reason.trim() },
    ...{ settled_by: by, settled_at: now.toISOString() },
  }
  await trx.updateTable('campaign_objection').set(settled).where('id', '=', wanted).execute()
  await noteHistory(trx, id, `objection-${settled.state}`, { reason: settled.reason }, { by, now })
  await tell(trx, objection.person, `campaign ${id} settled ${wanted}`, now, (language) =>
    settledCard(campaign, { ...objection, ...settled }, language),
  )
  const isLast = all.every((one) => one.id === wanted || one.state !== 'open')
  if (!isLast || judging.stopped_at === null || judging.notice_until === null) return
  const [stopped, until] = [new Date(judging.stopped_at), new Date(judging.notice_until)]
  const left = await daysLeft(trx, campaign, stopped, until)
  // Whoever reads that it goes on has a working day for it at least.
  await setEnd(trx, id, await endAfter(trx, campaign, Math.max(1, left), now), now)
}

/** The days of a notice are over: whoever decides is asked to confirm. */
function noticeEnding(): TimerHandler {
  return async (trx, { campaign: id = '' }, now) => {
    const campaign = await readCampaign(trx, id)
    const judging = await readJudging(trx, id)
    if (campaign?.row.state !== 'notice' || judging?.stopped_at !== null) return
    for (const person of await decidersOf(trx, campaign, now)) {
      const said = `campaign ${id} notice over ${judging.notice_until} ${person}`
      await tell(trx, person, said, now, (language) => noticeOverCard(campaign, language))
    }
  }
}

export const noticeTimers = { [noticeTimer]: noticeEnding() }

/** Who decides about a campaign's awards: cadres and leaders of its organisation, and whoever made it. */
export async function decidersOf(db: Reads, { row }: Campaign, now: Date): Promise<string[]> {
  const members = (['cadre', 'leader'] as const).map((role) => ({
    ...{ organisation: row.organisation, role, below: false },
  }))
  const people = await peopleOfAudience(db, { people: [], members }, now)
  return [...new Set([...people.keys(), ...(row.made_by === null ? [] : [row.made_by])])]
}

async function tell(
  trx: Trx,
  person: string,
  id: string,
  now: Date,
  write: (language: 'zh-CN' | 'en') => Parameters<typeof enqueue>[1]['card'],
): Promise<void> {
  const to = await addressOf(trx, person)
  const reader = await readPerson(trx, person)
  if (!to || !reader) return
  await enqueue(trx, { id, to, card: write(reader.language), lane: 'reminder', now })
}
