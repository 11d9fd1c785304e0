import { type Kysely, sql } from 'kysely'
import type { ColumnTypes } from '../connections.ts'

/** Events, their seats and registrations, and all that was done about them. */
export async function createEvents(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  await createEventEntries(db)
  await createSeats(db, types)
  await createAttendance(db, types)
  await createCalendars(db)
}

async function createEventEntries(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('event_series')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('title', 'text', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .execute()
  await db.schema
    .createTable('event_entry')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('number', 'text', (column) => column.notNull().unique())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('title', 'text', (column) => column.notNull())
    .addColumn('organisation', 'text', (column) => column.notNull().references('organisation.id'))
    .addColumn('organisers', 'text', (column) => column.notNull())
    .addColumn('description', 'text', (column) => column.notNull())
    .addColumn('place', 'text', (column) => column.notNull())
    .addColumn('link', 'text', (column) => column.notNull())
    .addColumn('starts_at', 'text', (column) => column.notNull())
    .addColumn('ends_at', 'text', (column) => column.notNull())
    .addColumn('time_zone', 'text', (column) => column.notNull())
    .addColumn('audience', 'text', (column) => column.notNull())
    .addColumn('capacity', 'integer', (column) => column.check(sql`capacity > 0`))
    .addColumn('opens_at', 'text')
    .addColumn('closes_at', 'text', (column) => column.notNull())
    .addColumn('cancel_until', 'text', (column) => column.notNull())
    .addColumn('mode', 'text', (column) => column.notNull().check(sql`mode in ('first-come', 'approval')`))
    .addColumn('most_guests', 'integer', (column) => column.notNull().check(sql`most_guests >= 0`))
    .addColumn('has_waiting_list', 'integer', (column) =>
      column.notNull().check(sql`has_waiting_list in (0, 1)`),
    )
    .addColumn('offer_hours', 'integer', (column) => column.notNull().check(sql`offer_hours > 0`))
    .addColumn('priority', 'text', (column) => column.notNull())
    .addColumn('questions', 'text', (column) => column.notNull())
    .addColumn('cost', 'text', (column) => column.notNull())
    .addColumn('contacts', 'text', (column) => column.notNull())
    .addColumn('materials', 'text', (column) => column.notNull())
    .addColumn('reminders', 'text', (column) => column.notNull())
    .addColumn('online', 'integer', (column) => column.notNull().check(sql`online in (0, 1)`))
    .addColumn('hours', 'double precision')
    .addColumn('walk_ins', 'integer', (column) =>
      column.notNull().defaultTo(0).check(sql`walk_ins in (0, 1)`),
    )
    .addColumn('series', 'text', (column) => column.references('event_series.id'))
    .addColumn('registers_with', 'text', (column) => column.references('event_entry.id'))
    .addColumn('copied_from', 'text', (column) => column.references('event_entry.id'))
    .addColumn('state', 'text', (column) =>
      column.notNull().check(sql`state in ('draft', 'published', 'cancelled', 'over')`),
    )
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('sequence', 'integer', (column) => column.notNull())
    .addColumn('arrangement', 'integer', (column) => column.notNull())
    .addColumn('secret', 'text', (column) => column.notNull())
    .addColumn('created_by', 'text', (column) => column.notNull().references('person.id'))
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('changed_at', 'text', (column) => column.notNull())
    .addCheckConstraint('event_entry_times', sql`starts_at < ends_at`)
    .execute()
  await db.schema
    .createIndex('event_entry_state')
    .on('event_entry')
    .columns(['state', 'starts_at', 'id', 'ends_at'])
    .execute()
  await db.schema.createIndex('event_entry_time').on('event_entry').columns(['starts_at', 'id']).execute()
  await db.schema
    .createIndex('event_entry_organisation')
    .on('event_entry')
    .columns(['organisation', 'starts_at'])
    .execute()
  await db.schema.createIndex('event_entry_series').on('event_entry').columns(['series']).execute()
  await db.schema
    .createIndex('event_entry_registers_with')
    .on('event_entry')
    .columns(['registers_with'])
    .execute()
}

async function createSeats(db: Kysely<unknown>, { counter }: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('event_reserve')
    .addColumn('event', 'text', (column) => column.notNull().references('event_entry.id'))
    .addColumn('organisation', 'text', (column) => column.notNull().references('organisation.id'))
    .addColumn('seats', 'integer', (column) => column.notNull().check(sql`seats > 0`))
    .addPrimaryKeyConstraint('event_reserve_key', ['event', 'organisation'])
    .execute()
  await db.schema
    .createTable('event_gate')
    .addColumn('event', 'text', (column) => column.primaryKey().references('event_entry.id'))
    .execute()
  await db.schema
    .createTable('event_seats')
    .addColumn('event', 'text', (column) => column.primaryKey().references('event_entry.id'))
    .addColumn('taken', 'integer', (column) => column.notNull().check(sql`taken >= 0`))
    .addColumn('waiting', 'integer', (column) => column.notNull().check(sql`waiting >= 0`))
    .addColumn('requested', 'integer', (column) => column.notNull().check(sql`requested >= 0`))
    .addColumn('revision', 'integer', (column) => column.notNull())
    .execute()
  await db.schema
    .createTable('event_press')
    .addColumn('seq', counter.type, counter.define)
    .addColumn('key', 'text', (column) => column.notNull().unique())
    .addColumn('event', 'text', (column) => column.notNull())
    .addColumn('press', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull().check(sql`state in ('waiting', 'settled')`))
    .addColumn('outcome', 'text')
    .addColumn('accepted_at', 'text', (column) => column.notNull())
    .addColumn('settled_at', 'text')
    .execute()
  await sql`create index event_press_waiting on event_press (event, seq) where state = 'waiting'`.execute(db)
  await sql`create index event_press_settled on event_press (settled_at) where state = 'settled'`.execute(db)
  await db.schema
    .createTable('event_registration')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('event', 'text', (column) => column.notNull().references('event_entry.id'))
    .addColumn('seq', 'integer', (column) => column.notNull())
    .addColumn('person', 'text', (column) => column.references('person.id'))
    .addColumn('account', 'text')
    .addColumn('organisation', 'text', (column) => column.references('organisation.id'))
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('contact', 'text')
    .addColumn('state', 'text', (column) =>
      column
        .notNull()
        .check(
          sql`state in ('requested', 'confirmed', 'waiting', 'offered', 'cancelled', 'expired', 'declined')`,
        ),
    )
    .addColumn('pool', 'text', (column) => column.notNull())
    .addColumn('guests', 'integer', (column) => column.notNull().check(sql`guests >= 0`))
    .addColumn('answers', 'text', (column) => column.notNull())
    .addColumn('priority', 'integer', (column) => column.notNull())
    .addColumn('team', 'text')
    .addColumn('registered_by', 'text', (column) => column.references('person.id'))
    .addColumn('offer_until', 'text')
    .addColumn('arrangement', 'integer', (column) => column.notNull())
    .addColumn('asked_to_leave_at', 'text')
    .addColumn('receipt_hash', 'text')
    .addColumn('language', 'text', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('changed_at', 'text', (column) => column.notNull())
    .execute()
  // Whatever two requests do at the same moment, nobody is registered twice.
  await sql`create unique index event_registration_person on event_registration (event, person)
    where person is not null`.execute(db)
  await sql`create unique index event_registration_account on event_registration (event, account)
    where account is not null`.execute(db)
  await db.schema
    .createIndex('event_registration_place')
    .on('event_registration')
    .columns(['event', 'state', 'seq'])
    .execute()
  await db.schema
    .createIndex('event_registration_order')
    .on('event_registration')
    .columns(['event', 'seq', 'id'])
    .execute()
  await sql`create index event_registration_own on event_registration (person, state)
    where person is not null`.execute(db)
  await sql`create index event_registration_guest on event_registration (account, state)
    where account is not null`.execute(db)
  await sql`create index event_registration_receipt on event_registration (receipt_hash)
    where receipt_hash is not null`.execute(db)
  await db.schema
    .createTable('event_history')
    .addColumn('id', counter.type, counter.define)
    .addColumn('event', 'text', (column) => column.notNull())
    .addColumn('registration', 'text')
    .addColumn('change', 'text', (column) => column.notNull())
    .addColumn('data', 'text', (column) => column.notNull())
    .addColumn('by', 'text')
    .addColumn('at', 'text', (column) => column.notNull())
    .execute()
  await db.schema.createIndex('event_history_event').on('event_history').columns(['event', 'id']).execute()
}

async function createCalendars(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('event_calendar_entry')
    .addColumn('event', 'text', (column) => column.notNull().references('event_entry.id'))
    .addColumn('registration', 'text', (column) => column.notNull().references('event_registration.id'))
    .addColumn('sequence', 'integer', (column) => column.notNull())
    .addColumn('shown', 'integer', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull().check(sql`state in ('in', 'out')`))
    .addColumn('message', 'text')
    .addColumn('changed_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('event_calendar_entry_key', ['registration', 'event'])
    .execute()
  await db.schema
    .createIndex('event_calendar_entry_event')
    .on('event_calendar_entry')
    .columns(['event', 'state', 'shown'])
    .execute()
  await db.schema
    .createTable('event_reminding')
    .addColumn('event', 'text', (column) => column.primaryKey().references('event_entry.id'))
    .addColumn('starts_at', 'text', (column) => column.notNull())
    .addColumn('pending', 'text', (column) => column.notNull())
    .execute()
  await db.schema
    .createTable('event_calendar_feed')
    .addColumn('person', 'text', (column) => column.primaryKey().references('person.id'))
    .addColumn('token_hash', 'text', (column) => column.notNull().unique())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .execute()
}

async function createAttendance(db: Kysely<unknown>, { counter }: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('event_check_in')
    .addColumn('event', 'text', (column) => column.notNull().references('event_entry.id'))
    .addColumn('registration', 'text', (column) => column.notNull().references('event_registration.id'))
    .addColumn('how', 'text', (column) =>
      column.notNull().check(sql`how in ('personal-code', 'event-code', 'button', 'by-hand')`),
    )
    .addColumn('by', 'text', (column) => column.references('person.id'))
    .addColumn('at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('event_check_in_key', ['event', 'registration'])
    .execute()
  await db.schema
    .createTable('event_check_in_undone')
    .addColumn('id', counter.type, counter.define)
    .addColumn('event', 'text', (column) => column.notNull().references('event_entry.id'))
    .addColumn('registration', 'text', (column) => column.notNull().references('event_registration.id'))
    .addColumn('how', 'text', (column) => column.notNull())
    .addColumn('by', 'text', (column) => column.references('person.id'))
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('undone_by', 'text', (column) => column.notNull().references('person.id'))
    .addColumn('undone_at', 'text', (column) => column.notNull())
    .execute()
  await db.schema
    .createIndex('event_check_in_undone_event')
    .on('event_check_in_undone')
    .columns(['event', 'registration'])
    .execute()
  await db.schema
    .createTable('event_feedback')
    .addColumn('event', 'text', (column) => column.notNull().references('event_entry.id'))
    .addColumn('registration', 'text', (column) => column.notNull().references('event_registration.id'))
    .addColumn('rating', 'integer', (column) => column.notNull().check(sql`rating between 1 and 5`))
    .addColumn('comment', 'text', (column) => column.notNull())
    .addColumn('signed', 'integer', (column) => column.notNull().check(sql`signed in (0, 1)`))
    .addColumn('at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('event_feedback_key', ['event', 'registration'])
    .execute()
  await db.schema
    .createTable('event_hours')
    .addColumn('event', 'text', (column) => column.notNull().references('event_entry.id'))
    .addColumn('person', 'text', (column) => column.notNull().references('person.id'))
    .addColumn('hours', 'double precision', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('event_hours_key', ['event', 'person'])
    .execute()
  await db.schema.createIndex('event_hours_person').on('event_hours').columns(['person', 'at']).execute()
  await db.schema
    .createTable('event_material')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('event', 'text', (column) => column.notNull().references('event_entry.id'))
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('size', 'integer', (column) => column.notNull())
    .addColumn('blob', 'text', (column) => column.notNull())
    .addColumn('by', 'text', (column) => column.notNull().references('person.id'))
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('sent_at', 'text')
    .execute()
  await db.schema.createIndex('event_material_event').on('event_material').columns(['event']).execute()
}
