import { enqueueMany, type OutgoingMessage } from '../../../delivery/outbox.ts'
import { nextNumbers } from '../../../forms/receipt-number.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { addressesOf } from '../../../people/address.ts'
import { peopleOfAudience } from '../../../people/audience.ts'
import { readPerson } from '../../../people/people.ts'
import type { Trx } from '../../../store/store.ts'
import { setTimer } from '../../../timers/set-timer.ts'
import type { TimerHandler } from '../../../timers/timers.ts'
import { type Doing, lockCampaign, moveCampaign, noteHistory } from '../history.ts'
import { audienceOfCampaign } from '../making/audience.ts'
import { beginStandingPictures } from '../making/standing-picture.ts'
import { postOrigin } from '../part.ts'
import { type Campaign, readCampaign } from '../records.ts'
import { praiseCard } from './award-cards.ts'
import type { JudgingContext } from './context.ts'
import { type AwardRow, lockJudging } from './judging-records.ts'
import { resultsPost } from './notice.ts'

const certifyTimer = 'campaigns.certify'
/** Awards in one transaction. */
const batch = 50

/**
 * Gives the awards that were on notice: the results go to all, each honoured is praised, certificates are numbered. Throws
 * PlainError where the notice is not over, objections are open, or an award is for what takes no part any more.
 */
export async function confirmAwards(
  trx: Trx,
  { circulation, submissions }: Pick<JudgingContext, 'circulation' | 'submissions'>,
  campaign: Campaign,
  { by, now }: Doing & { by: string },
): Promise<void> {
  const { id, organisation } = campaign.row
  const judging = await lockJudging(trx, id)
  if (campaign.row.state !== 'notice' || judging.notice_until === null) {
    throw new PlainError('judging:refused.not-on-notice')
  }
  if (judging.stopped_at !== null) throw new PlainError('judging:refused.objections')
  if (judging.notice_until > now.toISOString()) {
    const last = new Date(Date.parse(judging.notice_until) - 1)
    throw new PlainError('judging:refused.notice-runs', { day: dayInChina(last) })
  }
  await mustTakePart(trx, id)
  await trx
    .updateTable('campaign_judging')
    .set({ confirmed_by: by, confirmed_at: now.toISOString() })
    .where('campaign', '=', id)
    .execute()
  await moveCampaign(trx, campaign, { state: 'closed', ended_at: now.toISOString() })
  await noteHistory(trx, id, 'confirmed', {}, { by, now })
  await beginStandingPictures(trx, { submissions }, campaign, now)
  // The same people as read the notice, which was asked for by somebody who may send to them.
  const audience = await audienceOfCampaign(trx, campaign)
  await circulation.begin(trx, { origin: postOrigin(id, resultsPost), organisation, audience }, { by, now })
  await setNext(trx, id, now)
}

/** Throws PlainError where an award is for an entry that takes no part any more. */
async function mustTakePart(trx: Trx, campaign: string): Promise<void> {
  const left = await trx
    .selectFrom('campaign_award')
    .innerJoin('campaign_entry', (join) =>
      join
        .onRef('campaign_entry.campaign', '=', 'campaign_award.campaign')
        .onRef('campaign_entry.submission', '=', 'campaign_award.submission'),
    )
    .select('campaign_award.holder')
    .where('campaign_award.campaign', '=', campaign)
    .where('campaign_entry.state', '=', 'out')
    .limit(1)
    .executeTakeFirst()
  if (left) throw new PlainError('judging:refused.entry-out', { holder: left.holder })
}

async function setNext(trx: Trx, campaign: string, now: Date): Promise<void> {
  const payload = { campaign }
  await setTimer(trx, { id: `${certifyTimer}:${campaign}`, kind: certifyTimer, payload, at: now, now })
}

/** Numbers the next certificates in the order of awards and places, and praises whom they honour. */
function certifying(context: JudgingContext): TimerHandler {
  return async (trx, { campaign: id = '' }, now) => {
    if ((await readCampaign(trx, id))?.row.state !== 'closed') return
    // Of two that number at the same moment the second finds what the first has left.
    const campaign = await lockCampaign(trx, id)
    const awards = await trx
      .selectFrom('campaign_award')
      .selectAll()
      .where('campaign', '=', id)
      .where('certificate', 'is', null)
      .orderBy('award')
      .orderBy('place')
      .orderBy('id')
      .limit(batch)
      .execute()
    const year = Number(dayInChina(now).slice(0, 4))
    const numbers = await nextNumbers(trx, 'ZS', year, { count: awards.length, digits: 4 })
    for (const [at, award] of awards.entries()) {
      const certificate = numbers[at]!
      await trx.updateTable('campaign_award').set({ certificate }).where('id', '=', award.id).execute()
      await praise(trx, context, campaign, { ...award, certificate }, now)
    }
    if (awards.length === batch) await setNext(trx, id, now)
  }
}

export const certifyTimers = (context: JudgingContext) => ({ [certifyTimer]: certifying(context) })

async function praise(
  trx: Trx,
  context: JudgingContext,
  campaign: Campaign,
  award: AwardRow,
  now: Date,
): Promise<void> {
  const people = await honouredBy(trx, context, award, now)
  const addresses = await addressesOf(trx, people)
  const messages: OutgoingMessage[] = []
  for (const person of people) {
    const to = addresses.get(person)
    const reader = await readPerson(trx, person)
    if (!to || !reader) continue
    const card = praiseCard(campaign, award, reader.language)
    messages.push({ id: `campaign award ${award.id} ${person}`, to, card, lane: 'broadcast', now })
  }
  await enqueueMany(trx, messages)
}

/** Who receives what a unit is given. */
export const speakingForUnits = ['cadre', 'leader', 'liaison'] as const

/** Whom an award honours: the people of an entry, a person, those who speak for a unit. Ids. */
export async function honouredBy(
  trx: Trx,
  { submissions }: Pick<JudgingContext, 'submissions'>,
  { submission, organisation, person }: AwardRow,
  now: Date,
): Promise<string[]> {
  if (person !== null) return [person]
  if (submission !== null) {
    const [record] = await submissions.records(trx, [submission], 'zh-CN')
    return [...(record?.people ?? [])]
  }
  if (organisation === null) return []
  const members = speakingForUnits.map((role) => ({ organisation, role, below: false }))
  return [...(await peopleOfAudience(trx, { people: [], members }, now)).keys()]
}
