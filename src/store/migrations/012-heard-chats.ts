import type { Kysely } from 'kysely'

/**
 * Where people spoke lately, so that what was said while nothing came through can be asked for; and which messages
 * were told that their answer takes longer.
 */
export async function createHeardChats(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('heard_chat')
    .addColumn('conversation', 'text', (column) => column.primaryKey())
    .addColumn('platform', 'text', (column) => column.notNull())
    .addColumn('vendor_chat', 'text', (column) => column.notNull())
    .addColumn('shared', 'integer', (column) => column.notNull())
    .addColumn('said_at', 'text', (column) => column.notNull())
    .execute()
  await db.schema.createIndex('heard_chat_said').on('heard_chat').columns(['platform', 'said_at']).execute()
  await db.schema.alterTable('inbox').addColumn('noticed_at', 'text').execute()
}
