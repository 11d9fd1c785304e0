import { type Kysely, sql } from 'kysely'
import type { ColumnTypes } from '../connections.ts'

/** What events are listed and found by, and where and to whom they are shown. */
export async function createEventLists(
  db: Kysely<unknown>,
  { counter, fullText }: ColumnTypes,
): Promise<void> {
  await db.schema
    .createTable('event_audience')
    .addColumn('event', 'text', (column) => column.notNull().references('event_entry.id'))
    .addColumn('key', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('event_audience_key', ['event', 'key'])
    .execute()
  await db.schema
    .createTable('event_text')
    .addColumn('seq', counter.type, counter.define)
    .addColumn('event', 'text', (column) => column.notNull().unique().references('event_entry.id'))
    .execute()
  await fullText.create(db, 'event_words')
  await db.schema
    .createTable('event_card')
    .addColumn('message', 'text', (column) => column.primaryKey())
    .addColumn('event', 'text', (column) => column.notNull().references('event_entry.id'))
    .addColumn('conversation', 'text', (column) => column.notNull())
    .addColumn('shown', 'text', (column) => column.notNull())
    .addColumn('sent_at', 'text', (column) => column.notNull())
    .addColumn('replaced', 'integer', (column) => column.notNull().check(sql`replaced in (0, 1)`))
    .execute()
  await db.schema.createIndex('event_card_event').on('event_card').columns(['event', 'replaced']).execute()
  await db.schema
    .createTable('event_message')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('event', 'text', (column) => column.notNull().references('event_entry.id'))
    .addColumn('audience', 'text', (column) => column.notNull())
    .addColumn('text', 'text', (column) => column.notNull())
    .addColumn('by', 'text', (column) => column.notNull().references('person.id'))
    .addColumn('people', 'integer', (column) => column.notNull())
    .addColumn('unreached', 'integer', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('done_at', 'text')
    .execute()
  await db.schema.createIndex('event_message_event').on('event_message').columns(['event', 'at']).execute()
}
