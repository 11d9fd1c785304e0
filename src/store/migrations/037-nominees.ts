import type { Kysely } from 'kysely'

/** Whom a submission puts forward, and what of a sum was granted and used. */
export async function addNominees(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('submission')
    .addColumn('nominee', 'text', (column) => column.references('person.id'))
    .execute()
  for (const amount of ['granted', 'used']) {
    await db.schema.alterTable('submission').addColumn(amount, 'double precision').execute()
  }
  await db.schema.createIndex('submission_by_nominee').on('submission').columns(['nominee']).execute()
  // Made anew with all by which a list is narrowed: else whoever may see little of much is made to read the rows.
  await db.schema.dropIndex('submission_by_list').execute()
  await db.schema
    .createIndex('submission_by_list')
    .on('submission')
    .columns([
      ...['submitted_at', 'id', 'kind', 'version', 'state', 'variety', 'sealed', 'organisation', 'lies_with'],
      ...['author', 'author_tag', 'handler', 'owner', 'verifier', 'nominee', 'due_at'],
    ])
    .execute()
}
