import { type Kysely, sql } from 'kysely'
import type { ColumnTypes } from '../connections.ts'

/** Drafts of forms, and the numbers of receipts. */
export async function createForms(db: Kysely<unknown>, _types: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('form_draft')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('form', 'text', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('owner', 'text', (column) => column.notNull())
    .addColumn('account', 'text', (column) => column.notNull())
    .addColumn('conversation', 'text', (column) => column.notNull())
    .addColumn('language', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) =>
      column.notNull().check(sql`state in ('open', 'submitted', 'cancelled')`),
    )
    .addColumn('page', 'text', (column) => column.notNull())
    .addColumn('draft_values', 'text', (column) => column.notNull())
    .addColumn('context', 'text', (column) => column.notNull())
    .addColumn('asking_conversation', 'text')
    .addColumn('asking_account', 'text')
    .addColumn('asking', 'text')
    .addColumn('revision', 'integer', (column) => column.notNull())
    .addColumn('opened_at', 'text', (column) => column.notNull())
    .addColumn('updated_at', 'text', (column) => column.notNull())
    .addColumn('receipt', 'text')
    // One question at a time in one conversation; drafts that are not asked do not count, as nulls are never equal.
    .addUniqueConstraint('form_draft_asking', ['asking_conversation', 'asking_account'])
    .addCheckConstraint('form_draft_receipt', sql`(state = 'submitted') = (receipt is not null)`)
    .execute()
  await db.schema
    .createIndex('form_draft_owner')
    .on('form_draft')
    .columns(['owner', 'state', 'updated_at'])
    .execute()
  await db.schema.createIndex('form_draft_updated').on('form_draft').columns(['updated_at']).execute()
  await db.schema
    .createTable('form_number')
    .addColumn('prefix', 'text', (column) => column.notNull())
    .addColumn('year', 'integer', (column) => column.notNull())
    .addColumn('last', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('form_number_key', ['prefix', 'year'])
    .execute()
}
