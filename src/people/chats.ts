import type { Conversation } from '../chat/incoming.ts'
import { inPieces } from '../store/in-pieces.ts'
import type { Trx } from '../store/store.ts'
import type { Reads } from './people.ts'

/** A chat without its threads. */
export type Chat = Pick<Conversation, 'platform' | 'installation' | 'chat'>

/** Says which organisation a chat belongs to: what is said there is for its members. The last word counts. */
export async function bindChat(
  trx: Trx,
  { platform, installation, chat }: Chat,
  organisation: string,
): Promise<void> {
  await trx
    .insertInto('chat_binding')
    .values({ platform, installation, chat, organisation })
    .onConflict((conflict) =>
      conflict.columns(['platform', 'installation', 'chat']).doUpdateSet({ organisation }),
    )
    .execute()
}

/** The organisation that a chat is bound to; null: none. */
export async function organisationOfChat(
  db: Reads,
  { platform, installation, chat }: Chat,
): Promise<string | null> {
  const row = await db
    .selectFrom('chat_binding')
    .select('organisation')
    .where('platform', '=', platform)
    .where('installation', '=', installation)
    .where('chat', '=', chat)
    .executeTakeFirst()
  return row?.organisation ?? null
}

/** The chats that are bound to one of the organisations, in the order of their names. */
export async function chatsOf(db: Reads, organisations: readonly string[]): Promise<Chat[]> {
  if (organisations.length === 0) return []
  return db
    .selectFrom('chat_binding')
    .select(['platform', 'installation', 'chat'])
    .where('organisation', 'in', organisations)
    .orderBy('platform')
    .orderBy('installation')
    .orderBy('chat')
    .execute()
}

/** As `organisationOfChat`, of many: by a chat's key (`chatKey`), without those that are bound to none. */
export async function organisationsOfChats(db: Reads, chats: readonly Chat[]): Promise<Map<string, string>> {
  const bound = new Map<string, string>()
  for (const piece of inPieces([...new Set(chats.map(({ chat }) => chat))])) {
    const rows = await db.selectFrom('chat_binding').selectAll().where('chat', 'in', piece).execute()
    for (const row of rows) bound.set(chatKey(row), row.organisation)
  }
  return bound
}

/** One text per chat, without its threads. */
export function chatKey({ platform, installation, chat }: Chat): string {
  return JSON.stringify([platform, installation, chat])
}
