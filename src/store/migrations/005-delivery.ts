import { type Kysely, sql } from 'kysely'
import type { ColumnTypes } from '../connections.ts'

/** The outbox, how fast each chat may be spoken to, and how often a platform was called. */
export async function createDelivery(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('outbox')
    .addColumn('seq', types.counter.type, types.counter.define)
    .addColumn('id', 'text', (column) => column.notNull().unique())
    .addColumn('platform', 'text', (column) => column.notNull())
    .addColumn('installation', 'text', (column) => column.notNull())
    .addColumn('address', 'text', (column) => column.notNull())
    .addColumn('recipient', 'text', (column) => column.notNull())
    .addColumn('operation', 'text', (column) => column.notNull().check(sql`operation in ('send', 'edit')`))
    .addColumn('of', 'text')
    .addColumn('card', 'text')
    .addColumn('lane', 'integer', (column) => column.notNull().check(sql`lane between 0 and 3`))
    .addColumn('reply_to', 'text')
    .addColumn('open', 'integer', (column) => column.notNull().check(sql`"open" in (0, 1)`))
    .addColumn('sender', 'text')
    .addColumn('state', 'text', (column) =>
      column.notNull().check(sql`state in ('waiting', 'sent', 'dead', 'uncertain', 'superseded')`),
    )
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('due_at', 'text', (column) => column.notNull())
    .addColumn('lease_owner', 'text')
    .addColumn('lease_until', 'text')
    .addColumn('first_tried_at', 'text')
    .addColumn('in_doubt_since', 'text')
    .addColumn('sent_at', 'text')
    .addColumn('message', 'text')
    .addColumn('problem', 'text')
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addCheckConstraint('outbox_edit_of', sql`(operation = 'edit') = ("of" is not null)`)
    .execute()
  // What waits is little beside what was sent: small indexes that a claim walks in the order of sending.
  await db.schema
    .createIndex('outbox_waiting')
    .on('outbox')
    .columns(['lane', 'seq'])
    .where(sql.ref('state'), '=', sql.lit('waiting'))
    .execute()
  await db.schema
    .createIndex('outbox_waiting_address')
    .on('outbox')
    .columns(['address', 'lane', 'seq'])
    .where(sql.ref('state'), '=', sql.lit('waiting'))
    .execute()
  await db.schema.createIndex('outbox_of').on('outbox').columns(['of', 'state']).execute()
  await db.schema.createIndex('outbox_message').on('outbox').columns(['message']).execute()
  await db.schema.createIndex('outbox_created').on('outbox').columns(['created_at']).execute()
  await db.schema
    .createTable('outbox_pace')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('next_at', 'text', (column) => column.notNull())
    .execute()
  await db.schema.createIndex('outbox_pace_next').on('outbox_pace').columns(['next_at']).execute()
  await db.schema
    .createTable('outbox_calls')
    .addColumn('platform', 'text', (column) => column.notNull())
    .addColumn('month', 'text', (column) => column.notNull())
    .addColumn('calls', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('outbox_calls_key', ['platform', 'month'])
    .execute()
}
