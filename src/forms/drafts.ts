import type { Selectable } from 'kysely'
import type { Account, Conversation } from '../chat/incoming.ts'
import { accountKey, conversationKey } from '../chat/keys.ts'
import type { Language } from '../chat/language.ts'
import { PlainError } from '../messages/plain-error.ts'
import { accountsOf, findPersonByAccount, type Reads } from '../people/people.ts'
import { concealedId, eraseMatters, openUnder, sealUnder } from '../seal/matters.ts'
import type { SealedFiles } from '../seal/sealed-files.ts'
import type { Sealer } from '../seal/sealer.ts'
import type { Trx } from '../store/store.ts'
import type { FormDraftTable } from '../store/tables/forms.ts'
import type { Receipt } from './definition.ts'
import { filesIn, holdFiles, letGoOfFiles, sealFiles } from './draft-files.ts'
import type { TypedValues } from './fields/typed.ts'
import type { Asking } from './steps/take-step.ts'

/** A form that somebody began, with what was typed so far. */
export interface Draft {
  id: string
  form: string
  version: number
  owner: string
  account: Account
  conversation: Conversation
  language: Language
  state: FormDraftTable['state']
  page: string
  values: TypedValues
  context: Record<string, string>
  /** The question that waits for its answer, and where; null: it is not asked step by step. */
  asking: { at: Asking; conversation: string; account: string } | null
  openedAt: Date
  updatedAt: Date
  /** Null until it is submitted. */
  receipt: Receipt | null
  /** The name of the key under which it lies encrypted; null: it lies open. */
  sealedUnder: string | null
  /** Where it was asked when it was read, and of whom; null: nowhere. */
  askedAt?: Pick<NonNullable<Draft['asking']>, 'conversation' | 'account'> | null
  /** The files that it held when it was read. */
  files: readonly string[]
}

/** With what sealed drafts are read. */
export interface DraftReader {
  sealer: Sealer
  files: SealedFiles
}

/** Open drafts that one owner may have. */
const mostOpen = 20
/** Days after which a draft that nobody touched is dropped. */
const keptDays = 30
/** Minutes in which a draft that was cancelled can be got back. */
export const recoverableMinutes = 10
/** Hours for which the receipt of what was sealed can be had again; longer, it would say who sent it in. */
const sealedReceiptHours = 24
/** Hours after which what is said is no longer taken for the answer to a question. */
const askingHours = 24

const hours = 3_600_000

/** By whom drafts may have been begun: the person, and every account of theirs from when it was a guest's. */
async function ownersOf(db: Reads, account: Account): Promise<string[]> {
  const person = await findPersonByAccount(db, account)
  if (!person) return [accountKey(account)]
  return [person.id, ...(await accountsOf(db, person.id)).map(accountKey)]
}

/** Mostly whoever speaks began it as the same, so that the person's other accounts need not be read. */
async function isOwner(db: Reads, owner: string, account: Account): Promise<boolean> {
  if (owner === accountKey(account)) return true
  const person = await findPersonByAccount(db, account)
  return person !== null && (owner === person.id || (await ownersOf(db, account)).includes(owner))
}

/**
 * The draft, kept from others until the transaction ends, for the account to work on.
 * Throws PlainError, the same for a draft that is somebody else's and one that is not there.
 */
export async function lockDraft(trx: Trx, reader: DraftReader, id: string, account: Account): Promise<Draft> {
  // A write that comes first makes others wait, in every isolation and in both databases.
  const row = await trx
    .updateTable('form_draft')
    .set(({ eb }) => ({ revision: eb('revision', '+', 1) }))
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst()
  if (!row || !(await isOwner(trx, row.owner, account))) throw new PlainError('forms:draft.gone')
  return toDraft(trx, reader, row)
}

/** Whether a draft may be asked in a place: not before others than those where it was opened. */
export function mayAskAt(
  draft: Draft,
  place: { conversation: Conversation; group?: boolean | undefined },
): boolean {
  return !place.group || conversationKey(draft.conversation) === conversationKey(place.conversation)
}

/** Whether a question was asked too long ago for what is said now to be its answer. */
export function isLapsed({ updatedAt }: Pick<Draft, 'updatedAt'>, now: Date): boolean {
  return now.getTime() - updatedAt.getTime() > askingHours * hours
}

/** What a guest has begun becomes the person's. */
export async function adoptDrafts(trx: Trx, guest: Account, person: string): Promise<void> {
  await trx
    .updateTable('form_draft')
    .set({ owner: person })
    .where('owner', '=', accountKey(guest))
    .where('state', '!=', 'submitted')
    .execute()
}

/** What somebody has in a state, touched last first. */
async function listDrafts(
  db: Reads,
  reader: DraftReader,
  account: Account,
  { state, since }: { state: Draft['state']; since: string },
): Promise<Draft[]> {
  const rows = await db
    .selectFrom('form_draft')
    .selectAll()
    .where('owner', 'in', await ownersOf(db, account))
    .where('state', '=', state)
    .where('updated_at', '>=', since)
    .orderBy('updated_at', 'desc')
    .orderBy('id')
    .execute()
  const drafts: Draft[] = []
  for (const row of rows) drafts.push(await toDraft(db, reader, row))
  return drafts
}

/** Open drafts that still count. */
export function openDrafts(db: Reads, reader: DraftReader, account: Account, now: Date): Promise<Draft[]> {
  return listDrafts(db, reader, account, { state: 'open', since: before(now, keptDays * 24) })
}

/** When a draft is dropped if nobody touches it. */
export function keptUntil({ updatedAt }: Pick<Draft, 'updatedAt'>): Date {
  return new Date(updatedAt.getTime() + keptDays * 24 * hours)
}

/** Drafts that were cancelled and can be got back. */
export function cancelledDrafts(
  db: Reads,
  reader: DraftReader,
  account: Account,
  now: Date,
): Promise<Draft[]> {
  return listDrafts(db, reader, account, { state: 'cancelled', since: before(now, recoverableMinutes / 60) })
}

/** Throws PlainError where the owner has as many open drafts as there may be. */
export function checkRoom(open: readonly Draft[]): void {
  if (open.length >= mostOpen) throw new PlainError('forms:draft.too-many', { most: mostOpen })
}

export async function insertDraft(trx: Trx, reader: DraftReader, begun: Draft): Promise<void> {
  const draft = { ...begun, values: await sealFiles(trx, reader, begun) }
  const { form, version, owner, account, conversation, openedAt } = draft
  await leaveOtherQuestions(trx, draft)
  await trx
    .insertInto('form_draft')
    .values({
      ...{ id: draft.id, form, version, owner, account: accountKey(account), revision: 1 },
      ...{ conversation: conversationKey(conversation), opened_at: openedAt.toISOString() },
      ...(await changing(trx, reader, draft)),
    })
    .execute()
  await holdFiles(trx, reader, draft)
}

/** Writes what may have changed of a draft that is locked; of a sealed one that was sent in nothing but its receipt. */
export async function updateDraft(trx: Trx, reader: DraftReader, draft: Draft): Promise<void> {
  await leaveOtherQuestions(trx, draft)
  const isOver = draft.sealedUnder !== null && draft.state === 'submitted'
  const kept = isOver
    ? { ...draft, values: {}, context: {} }
    : { ...draft, values: await sealFiles(trx, reader, draft) }
  const changes = await changing(trx, reader, kept)
  await trx.updateTable('form_draft').set(changes).where('id', '=', draft.id).execute()
  await holdFiles(trx, reader, kept)
}

/** One question at a time: a draft that was asked in the same place waits. */
async function leaveOtherQuestions(trx: Trx, { id, asking, askedAt }: Draft): Promise<void> {
  // Those were left when this one came to be asked there.
  const isStill = asking?.conversation === askedAt?.conversation && asking?.account === askedAt?.account
  if (!asking || isStill) return
  await trx
    .updateTable('form_draft')
    .set({ asking: null, asking_conversation: null, asking_account: null })
    .where('asking_conversation', '=', asking.conversation)
    .where('asking_account', '=', asking.account)
    .where('id', '!=', id)
    .execute()
}

/**
 * Drops what nobody touched for 30 days, what was cancelled and can no longer be got back, and what was sealed and sent
 * in the day before; with the keys of what was never sent in.
 */
export async function sweepDrafts(trx: Trx, reader: DraftReader, now: Date): Promise<void> {
  const { sealer } = reader
  const dropped = await trx
    .deleteFrom('form_draft')
    .where((where) =>
      where.or([
        where('updated_at', '<', before(now, keptDays * 24)),
        where.and([
          where('state', '=', 'cancelled'),
          where('updated_at', '<', before(now, recoverableMinutes / 60)),
        ]),
        where.and([
          where('state', '=', 'submitted'),
          where('receipt', 'like', `${sealedMark}%`),
          where('updated_at', '<', before(now, sealedReceiptHours)),
        ]),
      ]),
    )
    .returning(['id', 'state'])
    .execute()
  for (const { id } of dropped) await letGoOfFiles(trx, reader, id)
  const unsent = dropped.filter(({ state }) => state !== 'submitted')
  await eraseMatters(
    trx,
    sealer,
    unsent.map(({ id }) => concealedId(sealer, id)),
  )
}

function before(now: Date, manyHours: number): string {
  return new Date(now.getTime() - manyHours * hours).toISOString()
}

async function changing(trx: Trx, { sealer }: DraftReader, draft: Draft) {
  const { language, state, page, values, context, asking, updatedAt, receipt, sealedUnder } = draft
  const kept = async (column: string, value: unknown): Promise<string> => {
    const text = JSON.stringify(value)
    if (sealedUnder === null) return text
    const sealed = await sealUnder(trx, sealer, sealedUnder, placeOf(draft.id, column), text)
    return `${sealedMark}${sealedUnder}:${sealed}`
  }
  return {
    ...{ language, state, page, updated_at: updatedAt.toISOString() },
    draft_values: await kept('values', values),
    context: await kept('context', context),
    asking: asking && (await kept('asking', asking.at)),
    asking_conversation: asking?.conversation ?? null,
    asking_account: asking?.account ?? null,
    receipt: receipt && (await kept('receipt', receipt)),
  }
}

/** A draft of its row, with what lies encrypted in it. */
export async function toDraft(
  db: Pick<Reads, 'selectFrom'>,
  { sealer }: DraftReader,
  row: Selectable<FormDraftTable>,
): Promise<Draft> {
  const [platform, installation, user] = JSON.parse(row.account) as [string, string, string]
  const [at, within, chat, thread] = JSON.parse(row.conversation) as [string, string, string, string]
  const { id, form, version, owner, state, page, asking, asking_account, asking_conversation } = row
  const sealedUnder = underOf(row.draft_values)
  const read = async (column: string, kept: string): Promise<string | null> => {
    const under = underOf(kept)
    if (under === null) return kept
    return openUnder(db, sealer, under, placeOf(id, column), kept.slice(sealedMark.length + under.length + 1))
  }
  const asked = asking === null ? null : await read('asking', asking)
  const receipt = row.receipt === null ? null : await read('receipt', row.receipt)
  // Null where it was erased.
  const values = JSON.parse((await read('values', row.draft_values)) ?? '{}') as TypedValues
  return {
    ...{ id, form, version, owner, state, page, sealedUnder },
    account: { platform, installation, user },
    conversation: { platform: at, installation: within, chat, thread },
    language: row.language === 'en' ? 'en' : 'zh-CN',
    ...{ values, files: filesIn(values) },
    context: JSON.parse((await read('context', row.context)) ?? '{}'),
    asking:
      asked !== null && asking_conversation !== null && asking_account !== null
        ? { at: JSON.parse(asked), conversation: asking_conversation, account: asking_account }
        : null,
    askedAt:
      asking_conversation !== null && asking_account !== null
        ? { conversation: asking_conversation, account: asking_account }
        : null,
    openedAt: new Date(row.opened_at),
    updatedAt: new Date(row.updated_at),
    receipt: receipt === null ? null : JSON.parse(receipt),
  }
}

/** What lies encrypted names its key; JSON begins otherwise. */
const sealedMark = 'under:'

/** The name of the key under which a column lies encrypted; null: it lies open. */
export function underOf(kept: string): string | null {
  return kept.startsWith(sealedMark)
    ? kept.slice(sealedMark.length, kept.indexOf(':', sealedMark.length))
    : null
}

function placeOf(id: string, column: string): string {
  return `draft ${id} ${column}`
}
