import type { Selectable } from 'kysely'
import type { Account, Conversation } from '../chat/incoming.ts'
import { accountKey, conversationKey } from '../chat/keys.ts'
import type { Reads } from '../people/people.ts'
import type { FormDraftTable } from '../store/tables/forms.ts'
import { type Draft, type DraftReader, toDraft, underOf } from './drafts.ts'

type Row = Selectable<FormDraftTable>

/** The draft that is asked step by step in a conversation, of this account; null: none. */
export async function findAsked(
  db: Pick<Reads, 'selectFrom'>,
  reader: DraftReader,
  conversation: Conversation,
  account: Account,
): Promise<Draft | null> {
  const row = await findAskedRow(db, conversation, account)
  return row ? toDraft(db, reader, row) : null
}

/** The same as it lies there: each turn asks for it, and what lies encrypted need not be opened for that. */
export async function findAskedRow(
  db: Pick<Reads, 'selectFrom'>,
  conversation: Conversation,
  account: Account,
): Promise<Row | null> {
  const row = await db
    .selectFrom('form_draft')
    .selectAll()
    .where('asking_conversation', '=', conversationKey(conversation))
    .where('asking_account', '=', accountKey(account))
    .where('state', '=', 'open')
    .executeTakeFirst()
  return row ?? null
}

/** Whether what a draft holds lies encrypted. */
export function isSealedRow({ draft_values }: Pick<Row, 'draft_values'>): boolean {
  return underOf(draft_values) !== null
}
