import { type Kysely, sql } from 'kysely'

/** What was said in the web chat. */
export async function createWebChat(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('web_chat')
    .addColumn('chat', 'text', (column) => column.primaryKey())
    .addColumn('last_change', 'integer', (column) => column.notNull())
    .addColumn('changed_at', 'text', (column) => column.notNull())
    .execute()
  await db.schema.createIndex('web_chat_changed_at').on('web_chat').columns(['changed_at']).execute()
  await db.schema
    .createTable('web_message')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('chat', 'text', (column) => column.notNull())
    .addColumn('thread', 'text', (column) => column.notNull())
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('change', 'integer', (column) => column.notNull())
    .addColumn('speaker', 'text', (column) => column.notNull().check(sql`speaker in ('person', 'bot')`))
    .addColumn('text', 'text', (column) => column.notNull())
    .addColumn('files', 'text', (column) => column.notNull())
    .addColumn('card', 'text')
    .addColumn('reply_to', 'text')
    .addColumn('open', 'integer', (column) => column.notNull())
    .addColumn('late', 'integer', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('changed_at', 'text', (column) => column.notNull())
    .execute()
  const index = (name: string, columns: string[]) =>
    db.schema.createIndex(name).on('web_message').columns(columns)
  await index('web_message_change', ['chat', 'change']).unique().execute()
  await index('web_message_position', ['chat', 'position']).execute()
  await index('web_message_thread', ['chat', 'thread', 'position']).execute()
  await index('web_message_at', ['at']).execute()
}
