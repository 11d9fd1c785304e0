import type { Selectable } from 'kysely'
import type { Account, Conversation } from '../chat/incoming.ts'
import { accountKey, conversationKey } from '../chat/keys.ts'
import type { Language } from '../chat/language.ts'
import { PlainError } from '../messages/plain-error.ts'
import { accountsOf, findPersonByAccount, type Reads } from '../people/people.ts'
import type { Trx } from '../store/store.ts'
import type { FormDraftTable } from '../store/tables/forms.ts'
import type { Receipt } from './definition.ts'
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
}

/** Open drafts that one owner may have. */
const mostOpen = 20
/** Days after which a draft that nobody touched is dropped. */
const keptDays = 30
/** Minutes in which a draft that was cancelled can be got back. */
export const recoverableMinutes = 10
/** Hours after which what is said is no longer taken for the answer to a question. */
const askingHours = 24

const hours = 3_600_000

/** By whom drafts may have been begun: the person, and every account of theirs from when it was a guest's. */
async function ownersOf(db: Reads, account: Account): Promise<string[]> {
  const person = await findPersonByAccount(db, account)
  if (!person) return [accountKey(account)]
  return [person.id, ...(await accountsOf(db, person.id)).map(accountKey)]
}

/**
 * The draft, kept from others until the transaction ends, for the account to work on.
 * Throws PlainError, the same for a draft that is somebody else's and one that is not there.
 */
export async function lockDraft(trx: Trx, id: string, account: Account): Promise<Draft> {
  // A write that comes first makes others wait, in every isolation and in both databases.
  const row = await trx
    .updateTable('form_draft')
    .set(({ eb }) => ({ revision: eb('revision', '+', 1) }))
    .where('id', '=', id)
    .where('owner', 'in', await ownersOf(trx, account))
    .returningAll()
    .executeTakeFirst()
  if (!row) throw new PlainError('forms:draft.gone')
  return toDraft(row)
}

/** The draft that is asked step by step in a conversation, of this account; null: none. */
export async function findAsked(
  db: Pick<Reads, 'selectFrom'>,
  conversation: Conversation,
  account: Account,
): Promise<Draft | null> {
  const row = await db
    .selectFrom('form_draft')
    .selectAll()
    .where('asking_conversation', '=', conversationKey(conversation))
    .where('asking_account', '=', accountKey(account))
    .where('state', '=', 'open')
    .executeTakeFirst()
  return row ? toDraft(row) : null
}

/** Whether a draft may be asked in a place: not before others than those where it was opened. */
export function mayAskAt(
  draft: Draft,
  place: { conversation: Conversation; group?: boolean | undefined },
): boolean {
  return !place.group || conversationKey(draft.conversation) === conversationKey(place.conversation)
}

/** Whether a question was asked too long ago for what is said now to be its answer. */
export function isLapsed({ updatedAt }: Draft, now: Date): boolean {
  return now.getTime() - updatedAt.getTime() > askingHours * hours
}

/** What somebody has in a state, touched last first. */
async function listDrafts(
  db: Reads,
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
  return rows.map(toDraft)
}

/** Open drafts that still count. */
export function openDrafts(db: Reads, account: Account, now: Date): Promise<Draft[]> {
  return listDrafts(db, account, { state: 'open', since: before(now, keptDays * 24) })
}

/** When a draft is dropped if nobody touches it. */
export function keptUntil({ updatedAt }: Pick<Draft, 'updatedAt'>): Date {
  return new Date(updatedAt.getTime() + keptDays * 24 * hours)
}

/** Drafts that were cancelled and can be got back. */
export function cancelledDrafts(db: Reads, account: Account, now: Date): Promise<Draft[]> {
  return listDrafts(db, account, { state: 'cancelled', since: before(now, recoverableMinutes / 60) })
}

/** Throws PlainError where the owner has as many open drafts as there may be. */
export function checkRoom(open: readonly Draft[]): void {
  if (open.length >= mostOpen) throw new PlainError('forms:draft.too-many', { most: mostOpen })
}

export async function insertDraft(trx: Trx, draft: Draft): Promise<void> {
  const { form, version, owner, account, conversation, openedAt } = draft
  await leaveOtherQuestions(trx, draft)
  await trx
    .insertInto('form_draft')
    .values({
      ...{ id: draft.id, form, version, owner, account: accountKey(account), revision: 1 },
      ...{ conversation: conversationKey(conversation), opened_at: openedAt.toISOString() },
      ...changing(draft),
    })
    .execute()
}

/** Writes what may have changed of a draft that is locked. */
export async function updateDraft(trx: Trx, draft: Draft): Promise<void> {
  await leaveOtherQuestions(trx, draft)
  await trx.updateTable('form_draft').set(changing(draft)).where('id', '=', draft.id).execute()
}

/** One question at a time: a draft that was asked in the same place waits. */
async function leaveOtherQuestions(trx: Trx, { id, asking }: Draft): Promise<void> {
  if (!asking) return
  await trx
    .updateTable('form_draft')
    .set({ asking: null, asking_conversation: null, asking_account: null })
    .where('asking_conversation', '=', asking.conversation)
    .where('asking_account', '=', asking.account)
    .where('id', '!=', id)
    .execute()
}

/** Drops what nobody touched for 30 days, and what was cancelled and can no longer be got back. */
export async function sweepDrafts(trx: Trx, now: Date): Promise<void> {
  await trx
    .deleteFrom('form_draft')
    .where((where) =>
      where.or([
        where('updated_at', '<', before(now, keptDays * 24)),
        where.and([
          where('state', '=', 'cancelled'),
          where('updated_at', '<', before(now, recoverableMinutes / 60)),
        ]),
      ]),
    )
    .execute()
}

function before(now: Date, manyHours: number): string {
  return new Date(now.getTime() - manyHours * hours).toISOString()
}

function changing({ language, state, page, values, context, asking, updatedAt, receipt }: Draft) {
  return {
    ...{ language, state, page, updated_at: updatedAt.toISOString() },
    draft_values: JSON.stringify(values),
    context: JSON.stringify(context),
    asking: asking && JSON.stringify(asking.at),
    asking_conversation: asking?.conversation ?? null,
    asking_account: asking?.account ?? null,
    receipt: receipt && JSON.stringify(receipt),
  }
}

function toDraft(row: Selectable<FormDraftTable>): Draft {
  const [platform, installation, user] = JSON.parse(row.account) as [string, string, string]
  const [at, within, chat, thread] = JSON.parse(row.conversation) as [string, string, string, string]
  const { id, form, version, owner, state, page, asking, asking_account, asking_conversation } = row
  return {
    ...{ id, form, version, owner, state, page },
    account: { platform, installation, user },
    conversation: { platform: at, installation: within, chat, thread },
    language: row.language === 'en' ? 'en' : 'zh-CN',
    values: JSON.parse(row.draft_values),
    context: JSON.parse(row.context),
    asking:
      asking !== null && asking_conversation !== null && asking_account !== null
        ? { at: JSON.parse(asking), conversation: asking_conversation, account: asking_account }
        : null,
    openedAt: new Date(row.opened_at),
    updatedAt: new Date(row.updated_at),
    receipt: row.receipt === null ? null : JSON.parse(row.receipt),
  }
}
