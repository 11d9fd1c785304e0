import type { Conversation, IncomingMessage } from '../chat/incoming.ts'
import { conversationKey } from '../chat/keys.ts'
import type { HeardConversation } from '../chat/platform.ts'
import type { Store, Trx } from '../store/store.ts'

const day = 24 * 3600_000
/** Conversations that are asked at most: each costs a platform a call or more. */
const most = 200
/** How long it is known that people spoke somewhere. */
export const heardFor = 8 * day

/**
 * Notes where messages were taken, one row a conversation, in one statement for all of them. Messages whose chat the
 * vendor cannot be asked about (no `vendorChat`) leave nothing.
 */
export async function recordHeard(trx: Trx, messages: readonly IncomingMessage[]): Promise<void> {
  const latest = new Map<string, IncomingMessage>()
  for (const message of messages) {
    const key = conversationKey(message.conversation)
    const known = latest.get(key)
    if (message.vendorChat && (!known || known.at < message.at)) latest.set(key, message)
  }
  if (latest.size === 0) return
  await trx
    .insertInto('heard_chat')
    .values(
      // In one order for all processes: they lock rows of the same conversations.
      [...latest]
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([conversation, { account, vendorChat = '', group = false, at }]) => ({
          conversation,
          platform: account.platform,
          vendor_chat: vendorChat,
          shared: group ? (1 as const) : (0 as const),
          said_at: at.toISOString(),
        })),
    )
    .onConflict((conflict) =>
      conflict
        .column('conversation')
        .doUpdateSet(({ ref }) => ({
          said_at: ref('excluded.said_at'),
          vendor_chat: ref('excluded.vendor_chat'),
        }))
        // What comes late, or again, was said before.
        .whereRef('excluded.said_at', '>', 'heard_chat.said_at'),
    )
    .execute()
}

/** As `Intake.heard`. */
export async function heardLately(store: Store, platform: string): Promise<HeardConversation[]> {
  const rows = await store.db
    .selectFrom('heard_chat')
    .selectAll()
    .where('platform', '=', platform)
    .orderBy('said_at', 'desc')
    .limit(most)
    .execute()
  const [last] = rows
  if (!last) return []
  const since = new Date(new Date(last.said_at).getTime() - day).toISOString()
  return rows
    .filter(({ said_at }) => said_at >= since)
    .map((row) => ({
      conversation: readConversation(row.conversation),
      group: row.shared === 1,
      vendorChat: row.vendor_chat,
      latest: new Date(row.said_at),
    }))
}

/** The reverse of `conversationKey`. */
function readConversation(key: string): Conversation {
  const [platform, installation, chat, thread] = JSON.parse(key) as [string, string, string, string]
  return { platform, installation, chat, thread }
}
