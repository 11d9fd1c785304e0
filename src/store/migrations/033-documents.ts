import type { Kysely } from 'kysely'

/** Files that the bot hands over, and what platforms call them. */
export async function createDocuments(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('handed_file')
    .addColumn('token', 'text', (column) => column.primaryKey())
    .addColumn('blob', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('media_type', 'text', (column) => column.notNull())
    .addColumn('handed_at', 'text', (column) => column.notNull())
    .addUniqueConstraint('handed_file_once', ['blob', 'name'])
    .execute()
  await db.schema.createIndex('handed_file_age').on('handed_file').column('handed_at').execute()
  await db.schema
    .createTable('upload')
    .addColumn('place', 'text', (column) => column.notNull())
    .addColumn('what', 'text', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('upload_key', ['place', 'what'])
    .execute()
}
