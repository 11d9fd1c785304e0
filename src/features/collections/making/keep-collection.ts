import { randomUUID } from 'node:crypto'
import { nextNumber } from '../../../forms/receipt-number.ts'
import { dayInChina } from '../../../knowledge/library/day.ts'
import { PlainError } from '../../../messages/plain-error.ts'
import type { Audience } from '../../../people/audience.ts'
import type { Trx } from '../../../store/store.ts'
import type { CollectionHistoryTable } from '../../../store/tables/collections.ts'
import { cancelTimer, setTimer } from '../../../timers/set-timer.ts'
import {
  audienceOf,
  type ChosenAudience,
  type CirculationPort,
  mustBeAsShown,
  remindMoments,
} from '../../circulation/port.ts'
import type { CollectionDefinition } from '../definition/definition.ts'
import { type Collection, type CollectionRow, originOf, readCollection, remindDays } from '../records.ts'
import { countAnswers } from '../tallying/read-answers.ts'

/** A collection as it was filled in, or read of a file. */
export interface CollectionDraft {
  definition: CollectionDefinition
  organisation: string
  anonymity: CollectionRow['anonymity']
  per: CollectionRow['per']
  /** Null: to be said before it is sent. */
  audience: ChosenAudience | null
  deadline: Date | null
  remind: readonly number[]
  shares: boolean
  handlers: readonly string[]
}

export interface Doing {
  by: string
  now: Date
}

export const endTimer = 'collections.end'

/** Keeps a collection that is looked over before it goes out. */
export async function draftCollection(
  trx: Trx,
  draft: CollectionDraft,
  { by, now }: Doing,
): Promise<Collection> {
  const id = randomUUID()
  const number = await nextNumber(trx, 'SJ', Number(dayInChina(now).slice(0, 4)))
  const at = now.toISOString()
  await trx
    .insertInto('collection')
    .values({
      ...{ id, number, ...columnsOf(draft), version: 1, state: 'draft', revision: 0 },
      ...{ made_by: by, made_at: at, opened_at: null, ended_at: null },
    })
    .execute()
  await keepVersion(trx, id, 1, draft.definition, now)
  await keepHandlers(trx, id, draft.handlers)
  await note(trx, id, 'made', { by, now })
  return readCollection(trx, id)
}

/** Changes what has not gone out yet. Throws PlainError where it has. */
export async function changeCollection(
  trx: Trx,
  { row }: Collection,
  draft: CollectionDraft,
  doing: Doing,
): Promise<Collection> {
  needs(row, 'draft')
  await trx
    .updateTable('collection')
    .set({ ...columnsOf(draft), revision: row.revision + 1 })
    .where('id', '=', row.id)
    .execute()
  await trx
    .updateTable('collection_version')
    .set({ definition: JSON.stringify(draft.definition) })
    .where('collection', '=', row.id)
    .execute()
  await keepHandlers(trx, row.id, draft.handlers)
  await note(trx, row.id, 'changed', doing)
  return readCollection(trx, row.id)
}

/** Whom it is for, found out now. Throws PlainError where that is nobody, or beyond the right of whoever sends it. */
export async function audienceToSend(
  trx: Trx,
  circulation: CirculationPort,
  { row }: Pick<Collection, 'row'>,
  { by, now }: Doing,
): Promise<Audience> {
  if (row.audience === null) throw new PlainError('collections:refused.no-audience')
  const chosen = JSON.parse(row.audience) as ChosenAudience
  const audience = await audienceOf(trx, { ...chosen }, { person: by, now })
  await circulation.mustReach(trx, audience, { by, now })
  return audience
}

/** Sends it. Throws PlainError where it was sent, changed meanwhile, or something is missing or past. */
export async function openCollection(
  trx: Trx,
  circulation: CirculationPort,
  collection: Collection,
  { revision, reached }: { revision: number; reached: string },
  doing: Doing,
): Promise<void> {
  const { row } = collection
  needs(row, 'draft')
  if (row.revision !== revision) throw new PlainError('collections:refused.changed', { number: row.number })
  if (row.deadline === null) throw new PlainError('collections:refused.no-deadline')
  const deadline = new Date(row.deadline)
  if (deadline <= doing.now) throw new PlainError('collections:refused.deadline-past')
  const audience = await audienceToSend(trx, circulation, collection, doing)
  mustBeAsShown(await circulation.reach(trx, audience, doing.now), reached)
  await trx
    .updateTable('collection')
    .set({ state: 'open', opened_at: doing.now.toISOString() })
    .where('id', '=', row.id)
    .execute()
  const { organisation } = row
  const remindAt = await remindMoments(trx, { organisation, until: deadline, days: remindDays(row) })
  const origin = originOf(row.id)
  await circulation.begin(
    trx,
    { origin, organisation, audience, asksChats: true, closesAt: deadline, remindAt },
    doing,
  )
  await setEnd(trx, row.id, deadline, doing.now)
  await note(trx, row.id, 'opened', doing)
}

export async function dropCollection(trx: Trx, { row }: Collection, doing: Doing): Promise<void> {
  needs(row, 'draft')
  await trx.updateTable('collection').set({ state: 'dropped' }).where('id', '=', row.id).execute()
  await note(trx, row.id, 'dropped', doing)
}

/**
 * Gives it a later deadline; one that has ended is open again. Throws PlainError of one that has ended and whose answers
 * are not everybody's to read: who knows the figures before could tell what came after.
 */
export async function extendCollection(
  trx: Trx,
  circulation: CirculationPort,
  { row }: Collection,
  { deadline, days }: { deadline: Date; days: readonly number[] },
  doing: Doing,
): Promise<void> {
  if (row.state !== 'open' && row.state !== 'closed') throw new PlainError('collections:refused.not-open')
  if (row.state === 'closed' && row.anonymity !== 'named') {
    throw new PlainError('collections:refused.anonymous-ended')
  }
  if (deadline <= doing.now) throw new PlainError('collections:refused.deadline-past')
  await trx
    .updateTable('collection')
    .set({
      ...{ deadline: deadline.toISOString(), remind: JSON.stringify(days), state: 'open', ended_at: null },
    })
    .where('id', '=', row.id)
    .execute()
  const { organisation } = row
  const remindAt = await remindMoments(trx, { organisation, until: deadline, days })
  await circulation.extend(trx, originOf(row.id), { closesAt: deadline, remindAt }, doing.now)
  await circulation.renew(trx, originOf(row.id), 'chats', doing.now)
  await setEnd(trx, row.id, deadline, doing.now)
  await note(trx, row.id, 'extended', doing, { until: deadline.toISOString() })
}

/**
 * New questions for whoever begins from now on; what was begun keeps those that it began with. Throws PlainError of what is
 * anonymous and was answered: whoever answers the new ones would be told from the others by them.
 */
export async function reviseCollection(
  trx: Trx,
  { row }: Collection,
  definition: CollectionDefinition,
  doing: Doing,
): Promise<void> {
  needs(row, 'open')
  await mustBeRevisable(trx, row)
  const version = row.version + 1
  await keepVersion(trx, row.id, version, definition, doing.now)
  await trx
    .updateTable('collection')
    .set({ version, title: definition.title['zh-CN'] })
    .where('id', '=', row.id)
    .execute()
  await note(trx, row.id, 'revised', doing, { version: String(version) })
}

/** Throws PlainError where other questions would tell who answers them. */
export async function mustBeRevisable(trx: Trx, row: CollectionRow): Promise<void> {
  if (row.anonymity === 'anonymous' && (await countAnswers(trx, { row })) > 0) {
    throw new PlainError('collections:refused.anonymous-answered')
  }
}

/** Ends it: nobody answers any more. `by` null: its deadline has passed. */
export async function closeCollection(
  trx: Trx,
  circulation: CirculationPort,
  { row }: Collection,
  { by, now }: { by: string | null; now: Date },
): Promise<void> {
  needs(row, 'open')
  await trx
    .updateTable('collection')
    .set({ state: 'closed', ended_at: now.toISOString() })
    .where('id', '=', row.id)
    .execute()
  await cancelTimer(trx, `${endTimer}:${row.id}`)
  await circulation.close(trx, originOf(row.id), now)
  await circulation.renew(trx, originOf(row.id), 'all', now)
  await note(trx, row.id, by === null ? 'ended' : 'closed', { by, now })
}

function needs(row: CollectionRow, state: CollectionRow['state']): void {
  if (row.state === state) return
  if (state === 'draft') throw new PlainError('collections:refused.sent', { number: row.number })
  throw new PlainError('collections:refused.not-open')
}

async function setEnd(trx: Trx, id: string, at: Date, now: Date): Promise<void> {
  await setTimer(trx, { id: `${endTimer}:${id}`, kind: endTimer, payload: { collection: id }, at, now })
}

function columnsOf(draft: CollectionDraft) {
  const { definition, organisation, anonymity, per, audience, deadline, remind, shares } = draft
  return {
    ...({ title: definition.title['zh-CN'], organisation, anonymity, per, shares: shares ? 1 : 0 } as const),
    audience: audience === null ? null : JSON.stringify(audience),
    deadline: deadline?.toISOString() ?? null,
    remind: JSON.stringify(remind),
  }
}

async function keepVersion(
  trx: Trx,
  collection: string,
  version: number,
  definition: CollectionDefinition,
  now: Date,
): Promise<void> {
  await trx
    .insertInto('collection_version')
    .values({ collection, version, definition: JSON.stringify(definition), made_at: now.toISOString() })
    .execute()
}

async function keepHandlers(trx: Trx, collection: string, people: readonly string[]): Promise<void> {
  await trx.deleteFrom('collection_handler').where('collection', '=', collection).execute()
  const rows = [...new Set(people)].map((person) => ({ collection, person }))
  if (rows.length > 0) await trx.insertInto('collection_handler').values(rows).execute()
}

/** Writes down what was done. */
export async function note(
  trx: Trx,
  collection: string,
  what: CollectionHistoryTable['what'],
  { by, now }: { by: string | null; now: Date },
  data: Record<string, string> = {},
): Promise<void> {
  await trx
    .insertInto('collection_history')
    .values({
      ...{ id: randomUUID(), collection, what, data: JSON.stringify(data), by, at: now.toISOString() },
    })
    .execute()
}
