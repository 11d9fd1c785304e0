import { type Kysely, sql } from 'kysely'

/** What is sent to many, and who has answered. */
export async function createCirculation(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('circulation')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('origin', 'text', (column) => column.notNull().unique())
    .addColumn('organisation', 'text', (column) => column.notNull().references('organisation.id'))
    .addColumn('audience', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) =>
      column.notNull().check(sql`state in ('gathering', 'sending', 'sent', 'stopped', 'closed')`),
    )
    .addColumn('asks_chats', 'integer', (column) => column.notNull())
    .addColumn('closes_at', 'text')
    .addColumn('reminders', 'integer', (column) => column.notNull())
    .addColumn('made_by', 'text', (column) => column.references('person.id'))
    .addColumn('made_at', 'text', (column) => column.notNull())
    .addColumn('sent_at', 'text')
    .addColumn('ended_at', 'text')
    .execute()
  await db.schema
    .createIndex('circulation_organisation')
    .on('circulation')
    .columns(['organisation', 'made_at'])
    .execute()
  await db.schema
    .createTable('circulation_person')
    .addColumn('circulation', 'text', (column) => column.notNull().references('circulation.id'))
    .addColumn('person', 'text', (column) => column.notNull().references('person.id'))
    .addColumn('organisation', 'text', (column) => column.references('organisation.id'))
    .addColumn('by_chat', 'integer', (column) => column.notNull())
    .addColumn('state', 'text', (column) =>
      column.notNull().check(sql`state in ('waiting', 'sent', 'answered', 'unreachable', 'stopped')`),
    )
    .addColumn('message', 'text')
    .addColumn('answered_at', 'text')
    .addPrimaryKeyConstraint('circulation_person_key', ['circulation', 'person'])
    .execute()
  await db.schema
    .createIndex('circulation_person_state')
    .on('circulation_person')
    .columns(['circulation', 'state', 'person'])
    .execute()
  await db.schema
    .createIndex('circulation_person_of')
    .on('circulation_person')
    .columns(['person', 'state'])
    .execute()
  await db.schema
    .createTable('circulation_chat')
    .addColumn('circulation', 'text', (column) => column.notNull().references('circulation.id'))
    .addColumn('chat', 'text', (column) => column.notNull())
    .addColumn('organisation', 'text', (column) => column.references('organisation.id'))
    .addColumn('state', 'text', (column) =>
      column.notNull().check(sql`state in ('waiting', 'sent', 'stopped', 'gone')`),
    )
    .addColumn('message', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('circulation_chat_key', ['circulation', 'chat'])
    .execute()
}
