import type { Kysely } from 'kysely'

/** What the directories of the platforms say of those who spoke. */
export async function createDirectoryEntries(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('directory_entry')
    .addColumn('platform', 'text', (column) => column.notNull())
    .addColumn('installation', 'text', (column) => column.notNull())
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('departments', 'text', (column) => column.notNull())
    .addColumn('language', 'text', (column) => column.notNull())
    .addColumn('time_zone', 'text', (column) => column.notNull())
    .addColumn('seen_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('directory_entry_key', ['platform', 'installation', 'user_id'])
    .execute()
  await db.schema.createIndex('directory_entry_seen').on('directory_entry').columns(['seen_at']).execute()
}
