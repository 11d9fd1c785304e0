import { type Kysely, sql } from 'kysely'

/**
 * When the rest was reminded last; handed files that belong to a matter and end with it, or soon; ballots without the
 * version of the questions, which told early ones from late ones.
 */
export async function guardAnswers(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('circulation').addColumn('reminded_at', 'text').execute()
  await db.schema.alterTable('collection_ballot').dropColumn('version').execute()
  await keepHandedByMatter(db)
}

/** Made anew: SQLite takes no constraint off a table, and the same file has an address for each matter now. */
async function keepHandedByMatter(db: Kysely<unknown>): Promise<void> {
  await db.schema.dropIndex('handed_file_age').execute()
  await db.schema.alterTable('handed_file').renameTo('handed_file_before').execute()
  await db.schema
    .createTable('handed_file')
    .addColumn('token', 'text', (column) => column.notNull())
    .addColumn('blob', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('media_type', 'text', (column) => column.notNull())
    .addColumn('handed_at', 'text', (column) => column.notNull())
    .addColumn('matter', 'text', (column) => column.notNull())
    .addColumn('until', 'text')
    .addPrimaryKeyConstraint('handed_file_token', ['token'])
    .execute()
  await sql`insert into handed_file (token, blob, name, media_type, handed_at, matter)
    select token, blob, name, media_type, handed_at, '' from handed_file_before`.execute(db)
  await db.schema.dropTable('handed_file_before').execute()
  await db.schema.createIndex('handed_file_age').on('handed_file').column('handed_at').execute()
  await db.schema.createIndex('handed_file_matter').on('handed_file').column('matter').execute()
  // What ends soon has an address of its own each time.
  await db.schema
    .createIndex('handed_file_shared')
    .unique()
    .on('handed_file')
    .columns(['blob', 'name', 'matter'])
    .where(sql.ref('until'), 'is', null)
    .execute()
}
