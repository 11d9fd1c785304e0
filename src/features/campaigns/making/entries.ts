import { enqueue } from '../../../delivery/outbox.ts'
import type { DomainEvents } from '../../../events/events.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import { placeOf } from '../../../people/actor.ts'
import { addressOf } from '../../../people/address.ts'
import { type Reads, readPerson } from '../../../people/people.ts'
import type { Trx } from '../../../store/store.ts'
import type { ComparedRecord } from '../../submissions/port.ts'
import type { CampaignsContext } from '../context.ts'
import { type Doing, lockCampaign, noteHistory } from '../history.ts'
import { leaveJudging, rejoinJudging } from '../judging/leave-judging.ts'
import { type Campaign, withTexts } from '../records.ts'
import { endedByHandBefore } from './ended-by-hand.ts'
import { enteredCard, entriesEndedCard, takenOutCard } from './entry-cards.ts'
import { takesEntries } from './life.ts'

/** With what an entry takes its leave. */
type Leaving = Pick<CampaignsContext, 'reminders' | 'circulation'>

/** Why an entry takes no part any more; anything else is an organiser's reason. */
const ownWhy = { left: 'left', ended: 'ended' } as const

/** In milliseconds: the receipt of what was sent in goes out to where it was said, which may be slower. */
const afterReceipt = 5000

/** What was sent in takes part in every campaign that it fits; its author is told of each. */
export async function enterSent(
  trx: Trx,
  context: CampaignsContext,
  { submission, kind, organisation, person, day }: DomainEvents['submission.sent'],
  now: Date,
): Promise<void> {
  if (organisation === null) return
  const rows = await trx
    .selectFrom('campaign')
    .selectAll()
    .where('state', 'in', ['open', 'reviewing'])
    .where('starts_on', '<=', day)
    .where('ends_on', '>=', day)
    .orderBy('number')
    .execute()
  for (const row of rows) {
    const campaign = await withTexts(trx, row)
    if (!campaign.kinds.includes(kind) || !(await isWithin(trx, campaign, organisation))) continue
    const [record] = await context.submissions.records(trx, [submission], 'zh-CN')
    if (!record) return
    if (await endedByHandBefore(trx, row.id, record.sentAt)) continue
    const isNew = await insertEntry(trx, campaign, { ...record, organisation, author: person }, now)
    if (!isNew || person === null) continue
    const to = await addressOf(trx, person)
    const language = (await readPerson(trx, person))?.language ?? 'zh-CN'
    if (!to) continue
    const card = enteredCard(campaign, record, language)
    const due = new Date(now.getTime() + afterReceipt)
    const id = `campaign ${row.id} in ${submission}`
    await enqueue(trx, { id, to, card, lane: 'confirmation', now: due })
  }
}

/** What was withdrawn or merged takes no part any more, unless the campaign is over: what was honoured stays so. */
export async function endSent(trx: Trx, context: Leaving, submission: string, now: Date): Promise<void> {
  const parts = await trx
    .selectFrom('campaign_entry')
    .select('campaign')
    .where('submission', '=', submission)
    .where('state', '=', 'in')
    .orderBy('campaign')
    .execute()
  for (const { campaign: id } of parts) {
    const campaign = await lockCampaign(trx, id)
    if (!['open', 'reviewing', 'notice'].includes(campaign.row.state)) continue
    await setState(trx, id, submission, 'out', ownWhy.ended)
    await leaveJudging(trx, context, campaign, submission, { by: null, now })
  }
}

/** Whether an organisation is one of those that take part, or below one. */
export async function isWithin(
  db: Reads,
  { organisations }: Campaign,
  organisation: string,
): Promise<boolean> {
  const { path } = await placeOf(db, organisation)
  return organisations.some((id) => path.includes(id))
}

async function insertEntry(
  trx: Trx,
  { row }: Campaign,
  {
    id,
    kind,
    organisation,
    author,
  }: Pick<ComparedRecord, 'id' | 'kind' | 'organisation'> & { author: string | null },
  now: Date,
): Promise<boolean> {
  const made = await trx
    .insertInto('campaign_entry')
    .values({
      ...{ campaign: row.id, submission: id, kind, organisation, author, state: 'in', why: '' },
      ...{ entered_at: now.toISOString(), asked: 0, given: 0, score: null },
    })
    .onConflict((conflict) => conflict.columns(['campaign', 'submission']).doNothing())
    .executeTakeFirst()
  return made.numInsertedOrUpdatedRows === 1n
}

/**
 * Enters something that was sent in before, by one of its authors. Throws PlainError where it does not fit the campaign, was
 * taken out by the organisers or is not theirs.
 */
export async function enterOlder(
  trx: Trx,
  campaign: Campaign,
  record: ComparedRecord,
  { today, ...doing }: Doing & { by: string; today: string },
): Promise<void> {
  const { row } = campaign
  const { number } = record
  if (!record.people.includes(doing.by)) throw new PlainError('campaigns:entry.not-yours', { number })
  if (row.state !== 'open' || !takesEntries(row, today)) {
    throw new PlainError('campaigns:entry.not-open', {
      campaign: row.title,
      starts: row.starts_on,
      ends: row.ends_on,
    })
  }
  if (!campaign.kinds.includes(record.kind)) throw new PlainError('campaigns:entry.other-kind', { number })
  if (record.organisation === null || !(await isWithin(trx, campaign, record.organisation))) {
    throw new PlainError('campaigns:entry.other-place', { number })
  }
  const author = record.people[0] ?? null
  if (!(await insertEntry(trx, campaign, { ...record, author }, doing.now))) {
    const before = await readEntry(trx, row.id, record.id)
    if (before?.state === 'in') throw new PlainError('campaigns:entry.in-already', { number })
    if (before?.why !== ownWhy.left)
      throw new PlainError('campaigns:entry.taken-out', { number, why: before?.why ?? '' })
    await setState(trx, row.id, record.id, 'in', '')
    await rejoinJudging(trx, row.id, record.id)
  }
  await noteHistory(trx, row.id, 'entered', { number }, doing)
}

/** 不参加: an author takes it out, until they enter it again. Throws PlainError where entries are closed. */
export async function leave(
  trx: Trx,
  context: Leaving,
  campaign: Campaign,
  record: ComparedRecord,
  doing: Doing & { by: string },
): Promise<void> {
  const { row } = campaign
  const { number } = record
  if (!record.people.includes(doing.by)) throw new PlainError('campaigns:entry.not-yours', { number })
  if (row.state !== 'open') throw new PlainError('campaigns:entry.too-late', { number })
  const before = await readEntry(trx, row.id, record.id)
  if (before?.state !== 'in') throw new PlainError('campaigns:entry.out-already', { number })
  await setState(trx, row.id, record.id, 'out', ownWhy.left)
  await noteHistory(trx, row.id, 'left', { number }, doing)
  await leaveJudging(trx, context, campaign, record.id, doing)
}

/**
 * An organiser takes something out, with a reason that its author is told; its reviews and what it was to be given go with
 * it. Throws PlainError where it takes no part.
 */
export async function takeOut(
  trx: Trx,
  context: Leaving,
  { row: { id } }: Campaign,
  record: ComparedRecord,
  { reason }: { reason: string },
  doing: Doing,
): Promise<void> {
  // Awards may be confirmed at the same moment: what was given stays.
  const campaign = await lockCampaign(trx, id)
  const { row } = campaign
  const { number } = record
  if (row.state === 'closed' || row.state === 'cancelled')
    throw new PlainError('campaigns:not-now', { number: row.number })
  const before = await readEntry(trx, row.id, record.id)
  if (before?.state !== 'in') throw new PlainError('campaigns:entry.out-already', { number })
  await setState(trx, row.id, record.id, 'out', reason.trim())
  await noteHistory(trx, row.id, 'taken-out', { number, reason }, doing)
  await leaveJudging(trx, context, campaign, record.id, doing)
  const to = before.author === null ? null : await addressOf(trx, before.author)
  if (!to || before.author === null) return
  const language = (await readPerson(trx, before.author))?.language ?? 'zh-CN'
  const card = takenOutCard(campaign, record, reason, language)
  const key = `campaign ${row.id} out ${record.id} ${doing.now.toISOString()}`
  await enqueue(trx, { id: key, to, card, lane: 'confirmation', now: doing.now })
}

async function readEntry(db: Reads, campaign: string, submission: string) {
  return db
    .selectFrom('campaign_entry')
    .selectAll()
    .where('campaign', '=', campaign)
    .where('submission', '=', submission)
    .executeTakeFirst()
}

async function setState(trx: Trx, campaign: string, submission: string, state: 'in' | 'out', why: string) {
  await trx
    .updateTable('campaign_entry')
    .set({ state, why })
    .where('campaign', '=', campaign)
    .where('submission', '=', submission)
    .execute()
}

/** Tells whoever made it that entries are closed, and what is next; on the morning of a day when it ended by night. */
export async function tellEntriesEnded(trx: Trx, { row }: Campaign, now: Date): Promise<void> {
  const to = row.made_by === null ? null : await addressOf(trx, row.made_by)
  if (!to || row.made_by === null) return
  const { count } = await trx
    .selectFrom('campaign_entry')
    .select(({ fn }) => fn.countAll<number | string>().as('count'))
    .where('campaign', '=', row.id)
    .where('state', '=', 'in')
    .executeTakeFirstOrThrow()
  const language = (await readPerson(trx, row.made_by))?.language ?? 'zh-CN'
  const card = entriesEndedCard(row, Number(count), language)
  await enqueue(trx, { id: `campaign ${row.id} ended`, to, card, lane: 'reminder', now })
}

/** Ids of those who have something in it. */
export async function peopleIn(db: Reads, campaign: string): Promise<string[]> {
  const rows = await db
    .selectFrom('campaign_entry')
    .select('author')
    .distinct()
    .where('campaign', '=', campaign)
    .where('state', '=', 'in')
    .where('author', 'is not', null)
    .orderBy('author')
    .execute()
  return rows.flatMap(({ author }) => author ?? [])
}
