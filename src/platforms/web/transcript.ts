import type { Card } from '../../chat/card.ts'
import type { Store, Trx } from '../../store/store.ts'
import { lateAfter, mostChangesAtOnce, mostShown } from './limits.ts'
import { filesOf, openRow, sealSaid, sealShown, type TranscriptSeals } from './sealed-message.ts'
import { type MessageRow, type SentFile, type ShownMessage, showMessage } from './shown-message.ts'

export interface Said {
  id: string
  chat: string
  thread: string
  text: string
  files: SentFile[]
}

export interface Sent {
  id: string
  chat: string
  thread: string
  card: Card
  replyTo: string | null
  open: boolean
}

/**
 * Everything said in the web chat. Each chat has a counter that is raised with every change, in the change's own
 * transaction: the row of the chat stays locked until the end of it, so nothing with a lower number can appear
 * after a higher one was read.
 */
export class Transcript {
  readonly #store: Store
  readonly #seals: TranscriptSeals | null

  /** @param seals Null: everything lies as it was said; for a chat that stands alone. */
  constructor(store: Store, seals: TranscriptSeals | null = null) {
    this.#store = store
    this.#seals = seals
  }

  /** Keeps a person's message; false where it is kept already. */
  async say({ id, chat, thread, text, files }: Said): Promise<boolean> {
    const matter = (await this.#matterOf(chat, thread, files.length > 0)) ?? null
    const sent = files.length === 0 ? {} : { files: JSON.stringify(files) }
    return this.#insert({ id, chat, thread, speaker: 'person', text, ...sent }, matter)
  }

  /** Keeps a message of the bot; false where it is kept already. */
  send({ id, chat, thread, card, replyTo, open }: Sent): Promise<boolean> {
    return this.#insert({
      id,
      chat,
      thread,
      speaker: 'bot',
      card: this.#kept(id, card),
      reply_to: replyTo,
      open: open ? 1 : 0,
    })
  }

  /** Puts another card in place of a message of the bot; false where there is no such message in the chat. */
  edit(chat: string, id: string, card: Card, open = false): Promise<boolean> {
    return this.#store.transaction(
      async (trx) => {
        const edited = trx
          .selectFrom('web_message')
          .select('id')
          .where('id', '=', id)
          .where('chat', '=', chat)
          .where('speaker', '=', 'bot')
        if (!(await edited.executeTakeFirst())) return false
        const now = (await this.#store.now(trx)).toISOString()
        const change = await raise(trx, chat, now)
        await trx
          .updateTable('web_message')
          .set((expression) => ({
            card: this.#kept(id, card),
            open: open ? 1 : 0,
            change,
            version: expression('version', '+', 1),
            changed_at: now,
          }))
          .where('id', '=', id)
          .execute()
        return true
      },
      { isolation: 'row-locks' },
    )
  }

  /** Takes back a person's message that nobody took up. */
  async retract(id: string): Promise<void> {
    await this.#store.transaction(
      (trx) => trx.deleteFrom('web_message').where('id', '=', id).where('speaker', '=', 'person').execute(),
      { isolation: 'row-locks' },
    )
  }

  /** Whether the message is one of this chat's. */
  async has(chat: string, id: string): Promise<boolean> {
    const row = await this.#store.db
      .selectFrom('web_message')
      .select('id')
      .where('id', '=', id)
      .where('chat', '=', chat)
      .executeTakeFirst()
    return row !== undefined
  }

  /** The state of every message that changed after `after`, in the order of their changes; not all at once. */
  async changedSince(chat: string, after: number): Promise<ShownMessage[]> {
    const rows = await this.#messages(chat)
      .where('web_message.change', '>', after)
      .orderBy('web_message.change')
      .limit(mostChangesAtOnce)
      .execute()
    return this.#show(rows)
  }

  /** The counters of those of the chats that have one. */
  async lastChanges(chats: string[]): Promise<Map<string, number>> {
    const rows = await this.#store.db
      .selectFrom('web_chat')
      .select(['chat', 'last_change'])
      .where('chat', 'in', chats)
      .execute()
    return new Map(rows.map(({ chat, last_change }) => [chat, last_change]))
  }

  /**
   * The last messages of a thread, with those to the person directly and late replies to other threads that came
   * after `since`; `last` is the counter from which to follow.
   * @param thread Null: the one in which something was said last.
   */
  async read(
    chat: string,
    thread: string | null,
    since: number,
  ): Promise<{ thread: string | null; last: number; messages: ShownMessage[] }> {
    // Read before the messages: what changes between is sent once more, which does no harm.
    const last = (await this.lastChanges([chat])).get(chat) ?? 0
    const wanted = thread ?? (await this.#latestThread(chat))
    const rows = await this.#messages(chat)
      .where((where) =>
        where.or([
          where('web_message.thread', '=', wanted ?? ''),
          where.and([
            where('web_message.position', '>', since),
            where.or([where('web_message.thread', '=', ''), where('web_message.late', '=', 1)]),
          ]),
        ]),
      )
      .orderBy('web_message.position', 'desc')
      .limit(mostShown)
      .execute()
    return { thread: wanted, last, messages: await this.#show(rows.reverse()) }
  }

  #insert(
    row: Pick<MessageRow, 'id' | 'chat' | 'thread' | 'speaker'> &
      Partial<Pick<MessageRow, 'text' | 'files' | 'card' | 'reply_to' | 'open'>>,
    matter: string | null = null,
  ): Promise<boolean> {
    return this.#store.transaction(
      async (trx) => {
        const known = trx.selectFrom('web_message').select('id').where('id', '=', row.id)
        if (await known.executeTakeFirst()) return false
        const now = await this.#store.now(trx)
        const at = now.toISOString()
        const change = await raise(trx, row.chat, at)
        const late = row.speaker === 'bot' && !(await isSpeaking(trx, row, now))
        const { numInsertedOrUpdatedRows } = await trx
          .insertInto('web_message')
          .values({
            text: '',
            files: '[]',
            card: null,
            reply_to: null,
            open: 0,
            ...row,
            ...(this.#seals && row.text
              ? { text: await sealSaid(trx, this.#seals, { id: row.id, text: row.text }, matter) }
              : {}),
            ...(this.#seals && row.files
              ? { files: await sealSaid(trx, this.#seals, filesOf(row.id, row.files), matter) }
              : {}),
            position: change,
            change,
            late: late ? 1 : 0,
            version: 1,
            at,
            changed_at: at,
          })
          // Another replica may have been quicker since it was looked for.
          .onConflict((conflict) => conflict.column('id').doNothing())
          .executeTakeFirst()
        return (numInsertedOrUpdatedRows ?? 0n) > 0n
      },
      { isolation: 'row-locks' },
    )
  }

  async #show(rows: MessageRow[]): Promise<ShownMessage[]> {
    const now = await this.#store.now()
    const shown: ShownMessage[] = []
    for (const row of rows) {
      const open = this.#seals ? await openRow(this.#store.db, this.#seals, row) : row
      shown.push(showMessage(open, now))
    }
    return shown
  }

  /** Everybody has one chat of their own. */
  #matterOf(chat: string, thread: string, files: boolean): Promise<string | null> | undefined {
    const at = { platform: 'web', installation: 'web' }
    return this.#seals?.matterOf({
      ...{ account: { ...at, user: chat }, conversation: { ...at, chat, thread }, files },
    })
  }

  #kept(id: string, card: Card): string {
    return this.#seals ? sealShown(this.#seals, id, card) : JSON.stringify(card)
  }

  #messages(chat: string) {
    return this.#store.db
      .selectFrom('web_message')
      .leftJoin('web_message as question', (join) =>
        join
          .onRef('question.id', '=', 'web_message.reply_to')
          .onRef('question.chat', '=', 'web_message.chat'),
      )
      .selectAll('web_message')
      .select('question.text as asked')
      .where('web_message.chat', '=', chat)
  }

  async #latestThread(chat: string): Promise<string | null> {
    const row = await this.#store.db
      .selectFrom('web_message')
      .select('thread')
      .where('chat', '=', chat)
      .where('thread', '!=', '')
      .orderBy('position', 'desc')
      .limit(1)
      .executeTakeFirst()
    return row?.thread ?? null
  }
}

/** The next number of the chat's counter, whose row it locks until the end of the transaction. */
async function raise(trx: Trx, chat: string, now: string): Promise<number> {
  const { last_change } = await trx
    .insertInto('web_chat')
    .values({ chat, last_change: 1, changed_at: now })
    .onConflict((conflict) =>
      conflict.column('chat').doUpdateSet((expression) => ({
        last_change: expression('web_chat.last_change', '+', 1),
        changed_at: now,
      })),
    )
    .returning('last_change')
    .executeTakeFirstOrThrow()
  return last_change
}

/** Whether the person said something in that thread a moment ago. */
async function isSpeaking(
  trx: Trx,
  { chat, thread }: { chat: string; thread: string },
  now: Date,
): Promise<boolean> {
  const row = await trx
    .selectFrom('web_message')
    .select('id')
    .where('chat', '=', chat)
    .where('thread', '=', thread)
    .where('speaker', '=', 'person')
    .where('at', '>', new Date(now.getTime() - lateAfter).toISOString())
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
