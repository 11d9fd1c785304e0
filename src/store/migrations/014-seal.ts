import type { Kysely } from 'kysely'

/** Keys of what lies encrypted, and what holds the files that people sent. */
export async function createSeal(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('seal_key')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('wrapped', 'text', (column) => column.notNull())
    .execute()
  await db.schema
    .createTable('seal_check')
    .addColumn('id', 'integer', (column) => column.primaryKey())
    .addColumn('tag', 'text', (column) => column.notNull())
    .execute()
  await db.schema
    .createTable('blob_use')
    .addColumn('hash', 'text', (column) => column.notNull())
    .addColumn('used_by', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('blob_use_key', ['hash', 'used_by'])
    .execute()
  await db.schema.createIndex('blob_use_used_by').on('blob_use').columns(['used_by']).execute()
  await db.schema
    .createTable('blob_dropped')
    .addColumn('hash', 'text', (column) => column.primaryKey())
    .execute()
  await db.schema.alterTable('submission').addColumn('proposed', 'text').execute()
  await db.schema.alterTable('submission').addColumn('erased_at', 'text').execute()
}
