import { type Kysely, sql } from 'kysely'
import type { ColumnTypes } from '../connections.ts'

/** The inbox, the first answers of interactions, and domain events on their way. */
export async function createIntake(db: Kysely<unknown>, { counter }: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('inbox')
    .addColumn('position', counter.type, counter.define)
    .addColumn('key', 'text', (column) => column.notNull().unique())
    .addColumn('platform', 'text', (column) => column.notNull())
    .addColumn('chat', 'text', (column) => column.notNull())
    .addColumn('conversation', 'text', (column) => column.notNull())
    .addColumn('payload', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) =>
      column.notNull().check(sql`state in ('waiting', 'done', 'failed')`),
    )
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('claims', 'integer', (column) => column.notNull())
    .addColumn('due_at', 'text', (column) => column.notNull())
    .addColumn('lease_owner', 'text')
    .addColumn('lease_until', 'text')
    .addColumn('received_at', 'text', (column) => column.notNull())
    .addColumn('done_at', 'text')
    .execute()
  // Of the few that wait among the many that are done: all of them in order, and those of one conversation.
  await db.schema
    .createIndex('inbox_waiting')
    .on('inbox')
    .columns(['position'])
    .where(sql.ref('state'), '=', sql.lit('waiting'))
    .execute()
  await db.schema
    .createIndex('inbox_conversation')
    .on('inbox')
    .columns(['conversation', 'position'])
    .where(sql.ref('state'), '=', sql.lit('waiting'))
    .execute()
  await db.schema.createIndex('inbox_received').on('inbox').columns(['received_at']).execute()
  await db.schema
    .createTable('interaction')
    .addColumn('key', 'text', (column) => column.primaryKey())
    .addColumn('answer', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .execute()
  await db.schema.createIndex('interaction_at').on('interaction').columns(['at']).execute()
  await db.schema
    .createTable('event')
    .addColumn('position', counter.type, counter.define)
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('subscriber', 'text', (column) => column.notNull())
    .addColumn('payload', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) =>
      column.notNull().check(sql`state in ('waiting', 'done', 'failed')`),
    )
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('due_at', 'text', (column) => column.notNull())
    .addColumn('published_at', 'text', (column) => column.notNull())
    .execute()
  await db.schema
    .createIndex('event_waiting')
    .on('event')
    .columns(['due_at'])
    .where(sql.ref('state'), '=', sql.lit('waiting'))
    .execute()
}
