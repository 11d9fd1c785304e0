import { randomUUID } from 'node:crypto'
import type { IncomingFile } from '../../chat/incoming.ts'
import { nextNumber } from '../../forms/receipt-number.ts'
import { dayInChina } from '../../knowledge/library/day.ts'
import { PlainError } from '../../messages/plain-error.ts'
import type { Audience } from '../../people/audience.ts'
import { holdBlobs } from '../../store/blob-use.ts'
import { inPieces } from '../../store/in-pieces.ts'
import type { Trx } from '../../store/store.ts'
import type { NoticeTables } from '../../store/tables/notices.ts'
import { cancelTimer, setTimer } from '../../timers/set-timer.ts'
import {
  audienceOf,
  type ChosenAudience,
  type CirculationPort,
  reachedInShort,
  remindMoments,
} from '../circulation/port.ts'
import { revokeFiles } from './hand-files.ts'
import { type Notice, type NoticeRow, originOf, readNotice, remindDays } from './records.ts'
import { tellCorrection } from './tell-correction.ts'

/** A notice as it was filled in. */
export interface NoticeDraft {
  kind: NoticeRow['kind']
  title: string
  text: string
  organisation: string
  audience: ChosenAudience
  asks: boolean
  until: Date | null
  remind: readonly number[]
  files: readonly IncomingFile[]
  /** Kept links that it brings. */
  links: readonly string[]
}

export interface Doing {
  by: string
  now: Date
}

export const endTimer = 'notices.end'

/** Keeps a notice that is looked over before it goes out. */
export async function draftNotice(trx: Trx, draft: NoticeDraft, { by, now }: Doing): Promise<Notice> {
  const id = randomUUID()
  const number = await nextNumber(trx, 'TZ', Number(dayInChina(now).slice(0, 4)))
  const at = now.toISOString()
  await trx
    .insertInto('notice')
    .values({
      ...{ id, number, ...columnsOf(draft), state: 'draft', revision: 0, reason: '' },
      ...{ made_by: by, made_at: at, sent_at: null, corrected_at: null },
    })
    .execute()
  await keepFiles(trx, id, draft.files)
  await keepLinks(trx, id, draft.links)
  await note(trx, id, 'made', { by, now })
  return readNotice(trx, id)
}

/** Changes what has not gone out yet. Throws PlainError where it has. */
export async function changeNotice(
  trx: Trx,
  { row }: Notice,
  draft: NoticeDraft,
  doing: Doing,
): Promise<Notice> {
  if (row.state !== 'draft') throw new PlainError('notices:refused.sent', { number: row.number })
  await trx
    .updateTable('notice')
    .set({ ...columnsOf(draft), revision: row.revision + 1 })
    .where('id', '=', row.id)
    .execute()
  // Files that are not sent again stay as they are.
  if (draft.files.length > 0) await keepFiles(trx, row.id, draft.files)
  await note(trx, row.id, 'changed', doing)
  return readNotice(trx, row.id)
}

/**
 * Whom it is for, found out now: all but who wrote it and who sends it, for they know it, unless they are named. Throws
 * PlainError where that is nobody, or beyond the right of whoever sends it.
 */
export async function audienceToSend(
  trx: Trx,
  circulation: CirculationPort,
  { row }: Pick<Notice, 'row'>,
  { by, now }: Doing,
): Promise<Audience> {
  const chosen = JSON.parse(row.audience) as ChosenAudience
  const audience = await audienceOf(trx, { ...chosen }, { person: by, now })
  await circulation.mustReach(trx, audience, { by, now })
  return { ...audience, except: [row.made_by, by] }
}

/**
 * Sends it, to those whom its last preview showed. Throws PlainError where it was sent, changed meanwhile, or its end
 * has passed; gives false, and sends nothing, where it would reach others than were shown.
 */
export async function sendNotice(
  trx: Trx,
  circulation: CirculationPort,
  notice: Notice,
  { revision, reached }: { revision: number; reached: string },
  doing: Doing,
): Promise<boolean> {
  const { row } = notice
  if (row.state !== 'draft') throw new PlainError('notices:refused.sent', { number: row.number })
  if (row.revision !== revision) throw new PlainError('notices:refused.changed', { number: row.number })
  const { now, by } = doing
  const until = row.until === null ? null : new Date(row.until)
  if (until && until <= now) throw new PlainError('notices:refused.past', { number: row.number })
  const audience = await audienceToSend(trx, circulation, notice, doing)
  if (reachedInShort(await circulation.reach(trx, audience, now)) !== reached) return false
  await trx
    .updateTable('notice')
    .set({ state: 'sent', sent_at: now.toISOString() })
    .where('id', '=', row.id)
    .execute()
  const { organisation } = row
  const remindAt = await remindMoments(trx, { organisation, until, days: remindDays(row) })
  const origin = originOf(row.id)
  const asksChats = row.asks === 1
  await circulation.begin(
    trx,
    { origin, organisation, audience, asksChats, closesAt: until, remindAt: asksChats ? remindAt : [] },
    { by, now },
  )
  if (until) {
    const payload = { notice: row.id }
    await setTimer(trx, { id: `${endTimer}:${row.id}`, kind: endTimer, payload, at: until, now })
  }
  await note(trx, row.id, 'sent', doing)
  return true
}

/**
 * Puts right what was sent, wherever it stands. Whoever has confirmed it is told, and asked once more with `again`. Throws PlainError where it is not out, or nothing was changed.
 */
export async function correctNotice(
  trx: Trx,
  circulation: CirculationPort,
  { row }: Notice,
  { again, ...to }: { title: string; text: string; again: boolean },
  doing: Doing,
): Promise<void> {
  if (row.state !== 'sent' && row.state !== 'ended') throw new PlainError('notices:refused.not-sent')
  if (to.title === row.title && to.text === row.text) throw new PlainError('notices:refused.same')
  await trx
    .updateTable('notice')
    .set({ ...to, corrected_at: doing.now.toISOString(), revision: row.revision + 1 })
    .where('id', '=', row.id)
    .execute()
  const origin = originOf(row.id)
  const known = row.asks === 1 ? await circulation.answering(trx, origin) : []
  if (again && row.asks === 1 && row.state === 'sent') {
    await circulation.askAgain(trx, origin)
    await circulation.remind(trx, origin, doing.now)
  } else await tellCorrection(trx, { ...row, ...to }, known, doing.now)
  await circulation.renew(trx, origin, 'all', doing.now)
  await note(trx, row.id, 'corrected', doing, { title: row.title, text: row.text })
}

/** Takes it back: what has not gone out does not go out, what has says why. Returns how many have not got it. */
export async function withdrawNotice(
  trx: Trx,
  circulation: CirculationPort,
  { row }: Notice,
  reason: string,
  doing: Doing,
): Promise<number> {
  if (row.state !== 'sent' && row.state !== 'ended') throw new PlainError('notices:refused.not-sent')
  const left = await circulation.stop(trx, originOf(row.id), doing.now)
  await trx
    .updateTable('notice')
    .set({ state: 'withdrawn', reason, revision: row.revision + 1 })
    .where('id', '=', row.id)
    .execute()
  await revokeFiles(trx, row.id)
  await cancelTimer(trx, `${endTimer}:${row.id}`)
  await circulation.renew(trx, originOf(row.id), 'all', doing.now)
  await note(trx, row.id, 'withdrawn', doing, { reason })
  return left
}

/** Gives up what was not sent; its links are kept for another. */
export async function dropNotice(trx: Trx, { row }: Notice, doing: Doing): Promise<void> {
  if (row.state !== 'draft') throw new PlainError('notices:refused.sent', { number: row.number })
  await trx
    .updateTable('notice')
    .set({ state: 'dropped', revision: row.revision + 1 })
    .where('id', '=', row.id)
    .execute()
  await revokeFiles(trx, row.id)
  await trx
    .updateTable('notice_link')
    .set({ state: 'kept', notice: null })
    .where('notice', '=', row.id)
    .execute()
  await holdBlobs(trx, `notice ${row.id}`, [])
  await note(trx, row.id, 'dropped', doing)
}

/** Writes down what was done. @param data Texts. */
export async function note(
  trx: Trx,
  notice: string,
  what: NoticeTables['notice_history']['what'],
  { by, now }: { by: string | null; now: Date },
  data: Record<string, string> = {},
): Promise<void> {
  await trx
    .insertInto('notice_history')
    .values({ id: randomUUID(), notice, what, data: JSON.stringify(data), by, at: now.toISOString() })
    .execute()
}

function columnsOf({ kind, title, text, organisation, audience, asks, until, remind }: NoticeDraft) {
  return {
    ...{ kind, title, text, organisation, audience: JSON.stringify(audience) },
    ...{ asks: asks ? (1 as const) : (0 as const), until: until?.toISOString() ?? null },
    remind: JSON.stringify(remind),
  }
}

async function keepFiles(trx: Trx, notice: string, files: readonly IncomingFile[]): Promise<void> {
  await trx.deleteFrom('notice_file').where('notice', '=', notice).execute()
  const rows = files.map(({ name, type, blob }, position) => ({
    ...{ notice, position, name, type, blob },
  }))
  if (rows.length > 0) await trx.insertInto('notice_file').values(rows).execute()
  await holdBlobs(
    trx,
    `notice ${notice}`,
    rows.map(({ blob }) => blob),
  )
}

async function keepLinks(trx: Trx, notice: string, links: readonly string[]): Promise<void> {
  for (const piece of inPieces(links)) {
    await trx
      .updateTable('notice_link')
      .set({ state: 'used', notice })
      .where('id', 'in', piece)
      .where('state', '=', 'kept')
      .execute()
  }
}
