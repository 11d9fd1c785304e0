import { type Kysely, sql } from 'kysely'

/** Tables that are pushed to bases of a platform, and what the bot wrote there. */
export async function createPushes(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('push')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('source', 'text', (column) => column.notNull())
    .addColumn('record', 'text', (column) => column.notNull())
    .addColumn('person', 'text', (column) => column.notNull().references('person.id'))
    .addColumn('title', 'text', (column) => column.notNull())
    .addColumn('account', 'text', (column) => column.notNull())
    .addColumn('language', 'text', (column) => column.notNull())
    .addColumn('base', 'text', (column) => column.notNull())
    .addColumn('url', 'text', (column) => column.notNull())
    .addColumn('given', 'integer', (column) => column.notNull())
    .addColumn('spare', 'text', (column) => column.notNull())
    .addColumn('shared', 'integer', (column) => column.notNull())
    .addColumn('state', 'text', (column) =>
      column.notNull().check(sql`state in ('waiting', 'done', 'failed')`),
    )
    .addColumn('problem', 'text', (column) => column.notNull())
    .addColumn('daily', 'integer', (column) => column.notNull())
    .addColumn('asked', 'integer', (column) => column.notNull())
    .addColumn('told', 'integer', (column) => column.notNull())
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('due_at', 'text', (column) => column.notNull())
    .addColumn('leased_until', 'text')
    .addColumn('pushed_at', 'text')
    .addUniqueConstraint('push_of', ['person', 'source', 'record'])
    .execute()
  await db.schema.createIndex('push_due').on('push').columns(['state', 'due_at']).execute()
  await db.schema
    .createTable('push_sheet')
    .addColumn('push', 'text', (column) => column.notNull().references('push.id'))
    .addColumn('sheet', 'text', (column) => column.notNull())
    .addColumn('online_table', 'text', (column) => column.notNull())
    .addColumn('columns', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('push_sheet_key', ['push', 'sheet'])
    .execute()
  await db.schema
    .createTable('push_row')
    .addColumn('push', 'text', (column) => column.notNull().references('push.id'))
    .addColumn('sheet', 'text', (column) => column.notNull())
    .addColumn('row_key', 'text', (column) => column.notNull())
    .addColumn('digest', 'text', (column) => column.notNull())
    .addColumn('online_row', 'text')
    .addPrimaryKeyConstraint('push_row_key', ['push', 'sheet', 'row_key'])
    .execute()
}
