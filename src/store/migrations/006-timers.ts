import { type Kysely, sql } from 'kysely'

/** Durable timers; working hours, days of organisations, leave. */
export async function createTimers(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('timer')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('payload', 'text', (column) => column.notNull())
    .addColumn('due_at', 'text', (column) => column.notNull())
    .addColumn('rule', 'text')
    .addColumn('organisation', 'text', (column) => column.references('organisation.id'))
    .addColumn('person', 'text', (column) => column.references('person.id'))
    .addColumn('provisional', 'integer', (column) => column.notNull().check(sql`provisional in (0, 1)`))
    .addColumn('stale', 'integer', (column) => column.notNull().check(sql`stale in (0, 1)`))
    .addColumn('state', 'text', (column) =>
      column.notNull().check(sql`state in ('waiting', 'done', 'cancelled', 'failed')`),
    )
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('lease_owner', 'text')
    .addColumn('lease_until', 'text')
    .addColumn('set_at', 'text', (column) => column.notNull())
    .addColumn('done_at', 'text')
    .execute()
  // Partial, so that looking for what is due stays cheap however many have run.
  await db.schema
    .createIndex('timer_due')
    .on('timer')
    .columns(['due_at'])
    .where(sql.ref('state'), '=', sql.lit('waiting'))
    .execute()
  await db.schema
    .createIndex('timer_stale')
    .on('timer')
    .columns(['provisional', 'id'])
    .where(sql.ref('stale'), '=', sql.lit(1))
    .execute()
  await db.schema.createIndex('timer_person').on('timer').columns(['person']).execute()
  await db.schema.createIndex('timer_organisation').on('timer').columns(['organisation']).execute()
  await db.schema.createIndex('timer_done').on('timer').columns(['done_at']).execute()
  await createCalendar(db)
}

async function createCalendar(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('calendar_year')
    .addColumn('year', 'integer', (column) => column.primaryKey())
    .addColumn('table_json', 'text', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull())
    .execute()
  await db.schema
    .createTable('calendar_state')
    .addColumn('id', 'integer', (column) => column.primaryKey())
    .addColumn('library', 'text', (column) => column.notNull())
    .execute()
  await db.schema
    .createTable('working_hours')
    .addColumn('organisation', 'text', (column) => column.primaryKey().references('organisation.id'))
    .addColumn('hours', 'text', (column) => column.notNull())
    .addColumn('time_zone', 'text', (column) => column.notNull())
    .execute()
  await db.schema
    .createTable('organisation_day')
    .addColumn('organisation', 'text', (column) => column.notNull().references('organisation.id'))
    .addColumn('day', 'text', (column) => column.notNull())
    .addColumn('working', 'integer', (column) => column.notNull().check(sql`working in (0, 1)`))
    .addColumn('name', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('organisation_day_key', ['organisation', 'day'])
    .execute()
  await db.schema
    .createTable('person_leave')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('person', 'text', (column) => column.notNull().references('person.id'))
    .addColumn('first_day', 'text', (column) => column.notNull())
    .addColumn('last_day', 'text', (column) => column.notNull())
    .addColumn('note', 'text', (column) => column.notNull())
    .addColumn('entered_by', 'text', (column) => column.references('person.id'))
    .addColumn('entered_at', 'text', (column) => column.notNull())
    .addCheckConstraint('person_leave_days', sql`first_day <= last_day`)
    .execute()
  await db.schema
    .createIndex('person_leave_person')
    .on('person_leave')
    .columns(['person', 'last_day'])
    .execute()
  await db.schema.createIndex('person_leave_day').on('person_leave').columns(['last_day']).execute()
}
