import { randomUUID } from 'node:crypto'
import { PlainError } from '../../../messages/plain-error.ts'
import { inPieces } from '../../../store/in-pieces.ts'
import type { Trx } from '../../../store/store.ts'
import { mostPoints } from '../../submissions/port.ts'
import { type Doing, noteHistory } from '../history.ts'
import type { Campaign } from '../records.ts'
import type { JudgingContext } from './context.ts'
import { type AwardRow, awardsOf, countOpenReviews, lockJudging, namesOf } from './judging-records.ts'
import { type HonouredEntry, proposeAwards } from './propose.ts'
import { readRanking } from './read-ranking.ts'
import { withdrawReviews } from './withdraw-reviews.ts'

/**
 * No score is given or changed any more. Throws PlainError where reviews are open and no reason was given to go without
 * them, or the campaign is not being reviewed.
 * @returns How many open reviews were withdrawn.
 */
export async function endReviewing(
  trx: Trx,
  context: JudgingContext,
  campaign: Campaign,
  reason: string,
  doing: Doing,
): Promise<number> {
  const { row } = campaign
  const judging = await lockJudging(trx, row.id)
  if (row.state !== 'reviewing' || judging.ended_at !== null) {
    throw new PlainError('judging:refused.not-reviewing', { number: row.number })
  }
  const open = await countOpenReviews(trx, row.id)
  if (open > 0 && reason.trim() === '') throw new PlainError('judging:refused.open', { count: open })
  await withdrawReviews(trx, context, campaign, { now: doing.now })
  await trx
    .updateTable('campaign_judging')
    .set({ ended_at: doing.now.toISOString() })
    .where('campaign', '=', row.id)
    .execute()
  await noteHistory(trx, row.id, 'reviewing-ended', { open: String(open), reason: reason.trim() }, doing)
  return open
}

/**
 * Proposes awards by the ranking, in place of what was proposed before; what was chosen by hand stays. Throws PlainError
 * where reviewing has not ended or the awards are on notice already.
 * @returns Names of awards whose last place equals share: those are left to the organiser.
 */
export async function proposeAll(
  trx: Trx,
  context: Pick<JudgingContext, 'submissions'>,
  campaign: Campaign,
  doing: Doing,
): Promise<string[]> {
  const { row } = campaign
  const judging = await lockJudging(trx, row.id)
  if (row.state !== 'reviewing' || judging.ended_at === null) {
    throw new PlainError('judging:refused.review-first')
  }
  const { placed, all } = await readRanking(trx, campaign)
  await countPeople(trx, context, campaign, placed)
  const byHand = (await awardsOf(trx, row.id)).filter(({ by }) => by !== null)
  const most = mostPoints(campaign.rubric)
  const { proposals, cut } = proposeAwards(campaign.awards, placed, all, most, byHand)
  await trx.deleteFrom('campaign_award').where('campaign', '=', row.id).where('by', 'is', null).execute()
  const submissions = proposals.flatMap(({ submission }) => submission ?? [])
  const records = new Map<string, { subject: string; author: string; number: string }>()
  for (const piece of inPieces(submissions)) {
    for (const record of await context.submissions.records(trx, piece, 'zh-CN'))
      records.set(record.id, record)
  }
  const people = await namesOf(
    trx,
    'person',
    proposals.flatMap(({ person }) => person ?? []),
  )
  const units = await namesOf(
    trx,
    'organisation',
    proposals.flatMap(({ organisation }) => organisation ?? []),
  )
  const rows = proposals.flatMap(({ award, place, submission, organisation, person }) => {
    const record = submission === null ? null : records.get(submission)
    // What was erased meanwhile is honoured no more.
    if (submission !== null && !record) return []
    const holder = record
      ? holderOf(record)
      : (people.get(person ?? '') ?? units.get(organisation ?? '') ?? '')
    return [{ ...newAward(row.id, doing), award, place, submission, organisation, person, holder }]
  })
  for (const piece of inPieces(rows)) await trx.insertInto('campaign_award').values(piece).execute()
  await placeAfter(trx, byHand, rows)
  await noteHistory(trx, row.id, 'proposed', { count: String(rows.length) }, doing)
  return cut
}

/** What was chosen by hand stands behind what was ranked, in the order it had. */
async function placeAfter(
  trx: Trx,
  byHand: readonly AwardRow[],
  ranked: readonly { award: string; place: number }[],
): Promise<void> {
  for (const [award, theirs] of Map.groupBy(byHand, (one) => one.award)) {
    // Of equals who share a place the next one stands behind all of them.
    const last = ranked.filter((one) => one.award === award).length
    for (const [at, { id }] of theirs.entries()) {
      const place = last + at + 1
      await trx.updateTable('campaign_award').set({ place }).where('id', '=', id).execute()
    }
  }
}

/** Notes how many made each entry, best first, as far down as an award for teams may reach. */
async function countPeople(
  trx: Trx,
  { submissions }: Pick<JudgingContext, 'submissions'>,
  { awards }: Campaign,
  placed: readonly { entry: HonouredEntry }[],
): Promise<void> {
  const asked = awards.filter(({ for: whom, leastPeople = 1 }) => whom === 'entry' && leastPeople > 1)
  const least = Math.max(...asked.map(({ leastPeople = 1 }) => leastPeople))
  // One more than all places together: whether equals stand at the last of them is seen by it.
  let wanted = asked.reduce((sum, { places }) => sum + places, asked.length > 0 ? 1 : 0)
  const entries = placed.map(({ entry }) => entry)
  for (const piece of inPieces(entries)) {
    if (wanted <= 0) return
    const ids = piece.map(({ submission }) => submission)
    const found = await submissions.records(trx, ids, 'zh-CN')
    const people = new Map(found.map((record) => [record.id, record.people.length]))
    for (const entry of piece) {
      entry.people = people.get(entry.submission) ?? 0
      if (entry.people >= least) wanted -= 1
    }
  }
}

function newAward(campaign: string, { now }: Doing) {
  return {
    ...{ id: randomUUID(), campaign, reason: '', certificate: null, file: null, by: null },
    at: now.toISOString(),
  }
}

/** Whose name stands on the certificate of an entry: 张三《改进夹具》. */
function holderOf({ subject, author }: { subject: string; author: string }): string {
  return `${author}《${subject}》`
}

/** Somebody who is honoured by hand. */
export interface ChosenAward {
  award: string
  /** Exactly one of the three. */
  submission?: string
  organisation?: string
  person?: string
  reason: string
}

/** Honours somebody by hand, with a reason. Throws PlainError where the award is full, not for them, or they have it. */
export async function addAward(
  trx: Trx,
  context: Pick<JudgingContext, 'submissions'>,
  campaign: Campaign,
  chosen: ChosenAward,
  doing: Doing,
): Promise<AwardRow> {
  const { row } = campaign
  await mustBeOpen(trx, campaign)
  const kind = campaign.awards.find(({ name }) => name === chosen.award)
  if (!kind) throw new PlainError('judging:gone')
  const { submission = null, organisation = null, person = null } = chosen
  const given = { entry: submission, organisation, person }[kind.for]
  if (given === null) throw new PlainError('judging:refused.not-for')
  const all = await awardsOf(trx, row.id)
  const there = all.filter(({ award }) => award === kind.name)
  // Of a ladder an entry has one.
  const ladder = campaign.awards.filter((one) => kind.ladder !== undefined && one.ladder === kind.ladder)
  const rivals = all.filter(({ award }) => award === kind.name || ladder.some(({ name }) => name === award))
  if (there.length >= kind.places) throw new PlainError('judging:refused.full', { places: kind.places })
  const has = rivals.some((one) => [one.submission, one.organisation, one.person].includes(given))
  if (has) throw new PlainError('judging:refused.honoured')
  const holder = await holderFor(trx, context, campaign, chosen)
  const place = Math.max(0, ...there.map((one) => one.place)) + 1
  const made = {
    ...{ ...newAward(row.id, doing), award: kind.name, place, submission, organisation, person, holder },
    ...{ reason: chosen.reason.trim(), by: doing.by },
  }
  await trx.insertInto('campaign_award').values(made).execute()
  await noteHistory(trx, row.id, 'award-added', { holder, reason: chosen.reason }, doing)
  return made
}

async function holderFor(
  trx: Trx,
  { submissions }: Pick<JudgingContext, 'submissions'>,
  { row }: Campaign,
  { submission, organisation, person }: ChosenAward,
): Promise<string> {
  if (submission === undefined) {
    const names =
      person === undefined
        ? await namesOf(trx, 'organisation', [organisation ?? ''])
        : await namesOf(trx, 'person', [person])
    return [...names.values()][0] ?? ''
  }
  const entry = await trx
    .selectFrom('campaign_entry')
    .select('state')
    .where('campaign', '=', row.id)
    .where('submission', '=', submission)
    .executeTakeFirst()
  const [record] = await submissions.records(trx, [submission], 'zh-CN')
  if (entry?.state !== 'in' || !record) throw new PlainError('judging:refused.no-entry')
  return holderOf(record)
}

/** Takes an award back before it is confirmed, with a reason. Throws PlainError where it is too late. */
export async function removeAward(
  trx: Trx,
  campaign: Campaign,
  { award, reason }: { award: string; reason: string },
  doing: Doing,
): Promise<AwardRow> {
  await mustBeOpen(trx, campaign)
  const removed = await trx
    .deleteFrom('campaign_award')
    .where('campaign', '=', campaign.row.id)
    .where('id', '=', award)
    .returningAll()
    .executeTakeFirst()
  if (!removed) throw new PlainError('judging:gone')
  await noteHistory(trx, campaign.row.id, 'award-removed', { holder: removed.holder, reason }, doing)
  return removed
}

async function mustBeOpen(trx: Trx, { row }: Campaign): Promise<void> {
  const { ended_at: ended, confirmed_at: confirmed } = await lockJudging(trx, row.id)
  if (confirmed !== null || (row.state !== 'reviewing' && row.state !== 'notice')) {
    throw new PlainError('judging:refused.confirmed')
  }
  if (ended === null) throw new PlainError('judging:refused.review-first')
}
