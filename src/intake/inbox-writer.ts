import type { IncomingMessage } from '../chat/incoming.ts'
import { conversationKey, incomingKey } from '../chat/keys.ts'
import { PlainError } from '../messages/plain-error.ts'
import type { Seals } from '../seal/passing.ts'
import type { Store } from '../store/store.ts'
import type { IntakeCounts } from './counts.ts'
import { recordHeard } from './heard.ts'
import { keepMessage } from './kept-message.ts'

export interface InboxWriterOptions {
  store: Store
  counts: IntakeCounts
  /** Default: messages lie in the open. */
  seals?: Seals | undefined
  /** Messages in one commit at most. */
  batch: number
}

export interface InboxWriter {
  /** Resolves when the message is kept, or was before; rejects where it could not be. */
  write(message: IncomingMessage): Promise<void>
  /** Resolves when nothing is being written. */
  idle(): Promise<void>
}

interface Waiting {
  message: IncomingMessage
  resolve(): void
  reject(error: unknown): void
}

/**
 * Writes messages into the inbox. Those that come while a commit is under way go together in the next one, so that a
 * thousand a second do not mean a thousand times waiting for the disk.
 */
export function createInboxWriter({ store, counts, batch, seals }: InboxWriterOptions): InboxWriter {
  const queue: Waiting[] = []
  let writing: Promise<void> | undefined

  async function writeAll(): Promise<void> {
    while (queue.length > 0) await writeBatch(queue.splice(0, batch))
    writing = undefined
  }

  async function writeBatch(waiting: Waiting[]): Promise<void> {
    try {
      const kept = await insert(
        store,
        waiting.map(({ message }) => message),
        seals,
      )
      for (const { message, resolve } of waiting) {
        // Of two with the same key in one batch the second is the repeat.
        const isNew = kept.delete(incomingKey(message))
        counts[isNew ? 'taken' : 'repeated'](message.account.platform)
        resolve()
      }
    } catch (error) {
      // A row that the database refuses must not take the others with it; a busy one refuses them all alike.
      if (waiting.length > 1 && !(error instanceof PlainError)) {
        for (const one of waiting) await writeBatch([one])
      } else {
        for (const { reject } of waiting) reject(error)
      }
    }
  }

  return {
    write: (message) =>
      new Promise((resolve, reject) => {
        queue.push({ message, resolve, reject })
        writing ??= writeAll()
      }),
    async idle() {
      await writing
    },
  }
}

/** Returns the keys of those that were new. */
function insert(
  store: Store,
  messages: readonly IncomingMessage[],
  seals: Seals | undefined,
): Promise<Set<string>> {
  return store.transaction(
    async (trx) => {
      const now = (await store.now(trx)).toISOString()
      const rows = await trx
        .insertInto('inbox')
        .values(
          messages.map((message) => ({
            key: incomingKey(message),
            platform: message.account.platform,
            chat: message.conversation.chat,
            conversation: conversationKey(message.conversation),
            payload: keepMessage(message, seals),
            state: 'waiting' as const,
            attempts: 0,
            claims: 0,
            due_at: now,
            received_at: now,
          })),
        )
        .onConflict((conflict) => conflict.column('key').doNothing())
        .returning('key')
        .execute()
      const kept = new Set(rows.map(({ key }) => key))
      await recordHeard(
        trx,
        messages.filter((message) => kept.has(incomingKey(message))),
      )
      return kept
    },
    { isolation: 'row-locks' },
  )
}
